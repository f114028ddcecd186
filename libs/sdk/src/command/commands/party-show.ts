// unbroken party show: what the registry knows of a party.

import type { Command } from 'commander';
import type { PartyId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { partyArgument } from '../arguments.js';

export const addPartyShow: AddCommand = (parent, around) => {
  parent
    .command('show')
    .description('a party’s name, roles, places and keys; your own where none is named')
    .argument('[party]', 'which party', partyArgument)
    .addHelpText('after', examples('unbroken party show danish-post', 'unbroken party show danish-post --json'))
    .action(async (named: PartyId | undefined, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const party = await session.client.party(named ?? (await session.party()));
      const { quiet, strong } = session.paint;
      const admitted = party.admitted ? `admitted as ${party.roles.join(', ')}` : 'not admitted yet';
      session.tell(party, [
        `${strong(party.name)}  ${party.party}  ${admitted}`,
        ...party.sites.map(({ site, geo, radius }) => {
          return `  place  ${site}  ${radius} m around ${geo.map((part) => part / 10_000).join(', ')}`;
        }),
        ...party.keys.map(({ kid, use, roles, revoked }) => {
          const taken = revoked === undefined ? '' : `  taken back from ${new Date(revoked * 1000).toISOString()} on`;
          return `  key    ${use}  ${roles.join(', ')}${taken}  ${quiet(kid)}`;
        }),
        ...party.policies.map((policy) => `  policy ${quiet(policy)}`),
      ]);
    });
};
