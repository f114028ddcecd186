// Runs the verification thread from TypeScript, where nothing is built: under Jest. A thread starts outside Jest's own
// loading of modules, so it brings the same compiler along. A build does not contain this file.

import { register } from 'node:module';

register('./typescript-hooks.js', import.meta.url);
await import(new URL('../verification-thread.ts', import.meta.url).href);
