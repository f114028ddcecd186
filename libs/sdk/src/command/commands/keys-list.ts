// unbroken keys list: whose keys are on this machine, and what for.

import type { Command } from 'commander';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';

export const addKeysList: AddCommand = (parent, around) => {
  parent
    .command('list')
    .description('the keys kept in the home directory')
    .addHelpText('after', examples('unbroken keys list', 'unbroken keys list --json'))
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command, around);
      const keys = await session.keys.list();
      session.tell(
        { keys },
        keys.length === 0
          ? [`No keys are kept in ${session.keys.directory}.`, 'Make one: unbroken keys new --as PARTY']
          : keys.map(({ kid, party, use, created }) => `${kid}  ${party}  ${use}  made ${created.slice(0, 10)}`),
      );
    });
};
