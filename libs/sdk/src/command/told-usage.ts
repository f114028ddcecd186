// What was typed in no form that a command takes: all that is missing at once, and whose --help tells the form.

import type { Command } from 'commander';

/** Has the command tell so. */
export const tellingUsage = (command: Command): Command =>
  command
    .showHelpAfterError(`(${pathOf(command)} --help tells the form)`)
    .configureOutput({ outputError: (text, write) => write(allMissing(command, text).replace(/^error: /, '✗ ')) });

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;

/** Commander names the first option that is missing. */
function allMissing(command: Command, text: string): string {
  if (!text.startsWith('error: required option ')) return text;
  const missing = command.options.filter(
    (option) => option.mandatory && command.getOptionValue(option.attributeName()) === undefined,
  );
  if (missing.length < 2) return text;
  return `error: required options not specified: ${missing.map(({ flags }) => `'${flags}'`).join(', ')}\n`;
}
