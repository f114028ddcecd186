#!/usr/bin/env node
// The agent's front door: what it runs is built.
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('✗ The agent is not built yet.\n  Build it with `npm run build`.');
  process.exitCode = 1;
}
