// unbroken party admit: the operator lets a party in.

import type { Command } from 'commander';
import type { Role } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { partyArgument, rolesArgument } from '../arguments.js';
import { tellRecorded } from '../told-statement.js';

export const addPartyAdmit: AddCommand = (parent, around) => {
  parent
    .command('admit')
    .description('with the operator’s root key: let a party in, so that its tokens count from here')
    .argument('<party>', 'who is let in', partyArgument)
    .option('--roles <roles>', 'what it may be; left out: what it asked for', rolesArgument)
    .addHelpText('after', examples('unbroken party admit danish-post --as unbroken-operator --roles courier'))
    .action(async (party: PartyId, options: { roles?: Role[] }, command: Command) => {
      const session = sessionOf(command, around);
      const roles = options.roles ?? ((await session.client.party(party)).asked as Role[]);
      const { tid, pending } = await (await session.rootHand()).admit(party, { roles });
      tellRecorded(session, { party, roles, tid, pending }, [
        `${party} is admitted as ${roles.join(', ') || 'nothing'}.`,
      ]);
    });
};
