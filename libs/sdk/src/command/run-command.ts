// One run of the command, from what was typed to its exit code.

import { CommanderError } from 'commander';
import { withKeyIdsMarked } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';
import { paintFor } from './paint.js';
import { unbrokenProgram } from './program.js';
import type { Surroundings } from './surroundings.js';
import { OperatorEnded, toldFailure } from './told-failure.js';
import type { ToldFailure } from './told-failure.js';

/**
 * Runs `unbroken` with these arguments (without the program's own name). Failures are told on stderr: what, and the cure.
 * @throws what is a fault of the program itself
 */
export async function runCommand(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  try {
    await unbrokenProgram(around).parseAsync(withKeyIdsMarked(args), { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof OperatorEnded) return error.exitCode;
    const told = toldFailure(error);
    tellFailure(told, args.includes('--json'), around);
    return told.exitCode;
  }
}

function tellFailure(told: ToldFailure, asJson: boolean, { err, env }: Surroundings): void {
  const { alarm, quiet } = paintFor(err, env);
  const text = asJson
    ? JSON.stringify(told)
    : `${alarm('✗')} ${sentence(told.what)} ${quiet(told.code)}\n  ${sentence(told.cure)}`;
  err.write(`${text}\n`);
}

/** A hub may say it in half a line. What begins with an id or a path stays as it is. */
const sentence = (text: string): string =>
  (/^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text) + (/[.?!]$/.test(text) ? '' : '.');
