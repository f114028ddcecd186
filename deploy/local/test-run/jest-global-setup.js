// Jest calls this once before the first test file of a run.
import { openTestRun } from './test-run.js';

export default openTestRun;
