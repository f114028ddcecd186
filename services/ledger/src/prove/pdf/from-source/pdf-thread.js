// Runs the thread from TypeScript, where nothing is built: under Jest. A build does not contain this file.

import { register } from 'node:module';

register('./typescript-hooks.js', import.meta.url);
await import(new URL('../pdf-thread.ts', import.meta.url).href);
