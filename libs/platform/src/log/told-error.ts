// What a log may say of an error: code, name, message and where it arose; never the bytes of a token, which some
// errors quote.

import { isError } from './is-error.js';

export interface ToldError {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  /** The innermost frames of the stack; they hold file names, no values. */
  readonly at?: readonly string[];
  readonly cause?: ToldError;
}

const COMPACT_TOKEN = /[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g;
const LONGEST_MESSAGE = 500;
const FRAMES = 4;
const DEEPEST_CAUSE = 3;

/** The message without anything that looks like a token, cut to a readable length. */
export const toldMessage = (message: string): string =>
  message.replace(COMPACT_TOKEN, '[token]').slice(0, LONGEST_MESSAGE);

/** An error as it may be logged; anything else that was thrown is told by its type alone. */
export function toldError(error: unknown, depth = 0): ToldError {
  if (!isError(error)) return { name: 'NotAnError', message: `a thrown ${typeof error}` };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, FRAMES);
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: toldMessage(error.message),
    ...(at === undefined ? {} : { at: at.map((line) => line.trim()) }),
    ...(isError(error.cause) && depth < DEEPEST_CAUSE ? { cause: toldError(error.cause, depth + 1) } : {}),
  };
}
