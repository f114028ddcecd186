#!/usr/bin/env node
// The command's front door: what it runs is built.
import { existsSync } from 'node:fs';

const built = new URL('../dist/command/main.js', import.meta.url);

if (existsSync(built)) {
  const { main } = await import(built.href);
  await main();
} else {
  console.error('✗ The unbroken command is not built yet.\n  Build it with `npm run build`.');
  process.exitCode = 1;
}
