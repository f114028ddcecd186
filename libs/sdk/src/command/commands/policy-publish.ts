// unbroken policy publish: the rules that the party's parcels go under from now on.

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readPolicy } from '@unbroken/custody';
import type { Hash } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { tellOfParty } from '../told-statement.js';

export const addPolicyPublish: AddCommand = (parent, around) => {
  parent
    .command('publish')
    .description('publish a policy document and put your party’s parcels under it, signed by its root key')
    .argument('<file>', 'the document, JSON; `unbroken policy default` writes one to begin with')
    .addHelpText('after', examples('unbroken policy publish policy.json --as health-data'))
    .action(async (file: string, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const text = await readFile(file, 'utf8');
      const { name } = readPolicy(text).policy;
      const root = await session.rootHand();
      const policy = (await session.client.publishPolicy(text)) as Hash;
      const written = await root.police(policy);
      await tellOfParty(session, { policy, name }, written, [
        `What ${root.pen.party} registers from now on goes under “${name}”. ${session.paint.quiet(policy)}`,
      ]);
    });
};
