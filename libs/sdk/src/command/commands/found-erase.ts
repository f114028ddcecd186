// unbroken found erase: how a finder can be called back goes for good.

import type { Command } from 'commander';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { callbackArgument } from '../arguments.js';

export const addFoundErase: AddCommand = (parent, around) => {
  parent
    .command('erase')
    .description('finder desk: erase how a finder can be called back, and its salt; the statement still verifies')
    .argument('<code>', 'the code that the finder was given', callbackArgument)
    .addHelpText('after', examples('unbroken found erase 7K2M-9QX4 --as post-desk'))
    .action(async (callback: string, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const { sub } = await (await session.asking.found()).erase(callback);
      session.tell({ callback, sub }, [`Erased. Nobody here knows any more who told ${callback}.`]);
    });
};
