// How a command is added: its form, its examples, and what it does with a session.

import type { Command } from 'commander';
import type { GlobalOptions } from './global-options.js';
import { Session } from './session.js';
import type { Surroundings } from './surroundings.js';

/** Adds one command below `parent`. */
export type AddCommand = (parent: Command, around: Surroundings) => void;

/** Examples as --help shows them. */
export const examples = (...lines: readonly string[]): string =>
  ['', lines.length === 1 ? 'Example:' : 'Examples:', ...lines.map((line) => `  $ ${line}`)].join('\n');

/** The session that the global options ask for. */
export const sessionOf = (command: Command, around: Surroundings): Session =>
  new Session(command.optsWithGlobals<GlobalOptions>(), around);
