#!/usr/bin/env node
// The command's front door: what it runs is built, and may be built anew while somebody calls it.
import { existsSync } from 'node:fs';

const built = new URL('../dist/command/main.js', import.meta.url);

/** @param {{ code?: unknown, message: string }} error */
function notBuilt(error) {
  // Files of a build that is under way are missing for a moment, in this library or in one it uses.
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('/dist/')) throw error;
  console.error('✗ The unbroken command is being built just now, or was built in part.');
  console.error('  Try again in a moment; if it stays so, build it with `npm run build`.');
  return undefined;
}

if (existsSync(built)) {
  const command = await import(built.href).catch(notBuilt);
  if (command === undefined) process.exitCode = 1;
  else await command.main();
} else {
  console.error('✗ The unbroken command is not built yet.\n  Build it with `npm run build`.');
  process.exitCode = 1;
}
