// unbroken party admit: the operator lets a party in.

import type { Command } from 'commander';
import type { Role } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { AnywayOption } from '../anyway.js';
import { partyArgument, rolesArgument } from '../arguments.js';
import { namesakeDoubts } from '../namesake-doubts.js';
import { tellOfParty } from '../told-statement.js';

interface Options extends AnywayOption {
  readonly roles?: Role[];
}

const whereTheKeyIs = `

Where the operator's key is:
  npm run up admits every party by itself, with a key of its own in .unbroken/keys/operator.json: nothing is to be done.
  With UNBROKEN_ADMISSION=operator nobody is admitted before the operator says so. Its party is established like any
  other, under the id in UNBROKEN_OPERATOR_PARTY (unbroken-operator), and its root key is in the home of who did that:
  $ unbroken party establish --as unbroken-operator --name "Operator" --roles operator`;

export const addPartyAdmit: AddCommand = (parent, around) => {
  const admit = parent
    .command('admit')
    .description('with the operator’s root key: let a party in, so that its tokens count from here')
    .argument('<party>', 'who is let in', partyArgument)
    .option('--roles <roles>', 'what it may be; left out: what it asked for', rolesArgument)
    .addHelpText(
      'after',
      examples('unbroken party admit danish-post --as unbroken-operator --roles courier') + whereTheKeyIs,
    );
  withAnyway(admit, 'admit').action(async (party: PartyId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const roles = options.roles ?? ((await session.client.party(party)).asked as Role[]);
    const goingOn = 'Nobody was admitted; add --anyway to admit it all the same.';
    await settleDoubts(options, () => namesakeDoubts(session.client, party), goingOn);
    const written = await (await session.rootHand()).admit(party, { roles });
    await tellOfParty(session, { party, roles }, written, [
      `${party} is admitted as ${roles.join(', ') || 'nothing'}.`,
    ]);
  });
};
