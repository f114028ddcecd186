// Every failure as one sentence that says what and one that says the cure.

import { HubUnreachable } from '../client/hub-errors.js';
import { exitCodes } from './exit-codes.js';
import type { ExitCode } from './exit-codes.js';

/** What was asked cannot be meant: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';

  constructor(
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

/** What was asked is understood and cannot be done: exit code 1. */
export class CannotBeDone extends Error {
  override readonly name = 'CannotBeDone';

  constructor(
    readonly code: string,
    what: string,
    readonly cure: string,
  ) {
    super(what);
  }
}

export interface ToldFailure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly what: string;
  readonly cure: string;
  readonly pointer?: string;
}

interface Curable extends Error {
  readonly code: string;
  readonly cure: string;
  readonly pointer?: string;
}

const isCurable = (error: unknown): error is Curable => error instanceof Error && 'code' in error && 'cure' in error;

/** @throws what it cannot explain: a fault of the program, which should be seen as one */
export function toldFailure(error: unknown): ToldFailure {
  if (!isCurable(error)) throw error;
  const { message, code, cure, pointer } = error;
  return { exitCode: exitCodeOf(error), code, what: message, cure, ...(pointer === undefined ? {} : { pointer }) };
}

function exitCodeOf(error: Error): ExitCode {
  if (error instanceof HubUnreachable) return exitCodes.unreachable;
  return error instanceof UsageError ? exitCodes.usage : exitCodes.refused;
}
