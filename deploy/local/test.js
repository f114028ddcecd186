// `npm test`. Any Node reads this file; what it loads needs a new one.
import { tooOld } from './set-up/node-version.js';

const fault = tooOld(process.versions.node);
if (fault === '') {
  import('./test-run/run-tests.js');
} else {
  console.error(fault);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
