// Every failure as one sentence that says what and one that says the cure.

import { HubUnreachable } from '../client/hub-errors.js';
import { cureFor } from './cures.js';
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

/** One of the operator's programs has ended so, and has said why itself. */
export class OperatorEnded extends Error {
  override readonly name = 'OperatorEnded';
  readonly exitCode: ExitCode;

  constructor(exitCode: number) {
    super(`ended with ${exitCode}`);
    this.exitCode = exitCode === exitCodes.usage ? exitCodes.usage : exitCodes.refused;
  }
}

interface Curable extends Error {
  readonly code: string;
  readonly cure: string;
  readonly pointer?: string;
}

const isCurable = (error: unknown): error is Curable => error instanceof Error && 'code' in error && 'cure' in error;

const isFileFault = (error: unknown): error is NodeJS.ErrnoException & { readonly path: string } =>
  error instanceof Error && 'syscall' in error && 'path' in error;

/** @throws what it cannot explain: a fault of the program, which should be seen as one */
export function toldFailure(error: unknown): ToldFailure {
  if (isFileFault(error)) return fileFailure(error.path, error.code);
  if (!isCurable(error)) throw error;
  const { message, code, pointer } = error;
  const isOurs = error instanceof CannotBeDone || error instanceof UsageError;
  const cure = isOurs ? error.cure : cureFor(code, error.cure);
  return { exitCode: exitCodeOf(error), code, what: message, cure, ...(pointer === undefined ? {} : { pointer }) };
}

const fileFaults: Readonly<Record<string, readonly [what: string, cure: string]>> = {
  EACCES: ['you may not use it', 'Run it as the user it belongs to, or name another home with --home.'],
  EEXIST: ['there is one already', 'Name another file, or move that one away: evidence is never written over.'],
  EISDIR: ['it is a directory', 'Name the file in it.'],
  ENOENT: ['it is not there', 'Check the path.'],
  ENOSPC: ['the disk is full', 'Make room, or name a home on another disk with --home; then try again.'],
  EROFS: ['the disk is read-only', 'Name a home on another disk with --home.'],
};

function fileFailure(path: string, fault = ''): ToldFailure {
  const [why, cure] = fileFaults[fault] ?? [
    `the system says ${fault}`,
    'Look at the file, or name another with --home.',
  ];
  return { exitCode: exitCodes.refused, code: 'file.unusable', what: `${path} cannot be used: ${why}.`, cure };
}

function exitCodeOf(error: Error): ExitCode {
  if (error instanceof HubUnreachable) return exitCodes.unreachable;
  return error instanceof UsageError ? exitCodes.usage : exitCodes.refused;
}
