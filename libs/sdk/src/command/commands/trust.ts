// unbroken trust: what has to be trusted to check this hub's evidence, to be kept where the hub cannot change it.

import type { Command } from 'commander';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';

export const addTrust: AddCommand = (parent, around) => {
  parent
    .command('trust')
    .description('write the trust policy: the keys by which `unbroken verify` checks evidence; keep your own copy')
    .addHelpText('after', examples('unbroken trust > trust.json'))
    .action(async (_options: object, command: Command) => {
      const session = sessionOf(command, around);
      const trust = await session.client.trust();
      session.tell(trust, [JSON.stringify(trust, null, 2)]);
    });
};
