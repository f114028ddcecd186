// The command as a process runs it; bin/unbroken.js loads it from dist.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './exit-codes.js';
import { runCommand } from './run-command.js';
import type { Output } from './surroundings.js';
import { CannotBeDone } from './told-failure.js';

const INTERRUPTED = 130;

const output = (stream: NodeJS.WriteStream): Output => ({
  isTerminal: stream.isTTY,
  write: (text) => void stream.write(text),
});

/** Runs with what was typed; ends with its exit code, and on Ctrl-C at once. */
export async function main(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
  process.once('SIGINT', () => process.exit(INTERRUPTED));
  process.exitCode = await runCommand(process.argv.slice(2), {
    env: process.env,
    userHome: homedir(),
    out: output(process.stdout),
    err: output(process.stderr),
    now: () => Date.now(),
    pause: (ms) => pause(ms),
    operate,
  });
}

/** Beside this library in the checkout; whoever has the command alone runs no hub. */
const OPERATE = fileURLToPath(new URL('../../../../deploy/local/operate.js', import.meta.url));

function operate(args: readonly string[]): Promise<number> {
  if (!existsSync(OPERATE)) {
    const cure = 'Run it on the machine of the hub, in its checkout.';
    throw new CannotBeDone('operator.not-here', 'The programs of the hub are not here.', cure);
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [OPERATE, ...args], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? exitCodes.usage));
  });
}
