// `npm run build`.
import { build } from './set-up/build.js';
import { SetUpError } from './set-up/set-up-error.js';

try {
  console.log(`Build: ${await build()}`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
