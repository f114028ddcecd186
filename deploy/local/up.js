// `npm run up`. Any Node reads this file; what it loads needs a new one.
import { tooOld } from './set-up/node-version.js';

const fault = tooOld(process.versions.node);
if (fault === '') {
  import('./machine/up.js');
} else {
  console.error(fault);
  process.exitCode = 1;
}
