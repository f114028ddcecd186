// Jest calls this once after the last test file of a run.
import { closeTestRun } from './test-run.js';

export default closeTestRun;
