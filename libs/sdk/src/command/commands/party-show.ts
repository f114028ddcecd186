// unbroken party show: what the registry knows of a party.

import type { Command } from 'commander';
import type { PartyAnswer } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { partyArgument } from '../arguments.js';
import { hoursLines } from '../hours-lines.js';
import { moment } from '../moment.js';
import type { Paint } from '../paint.js';

export const addPartyShow: AddCommand = (parent, around) => {
  parent
    .command('show')
    .description('a party’s name, roles, places and keys; your own where none is named')
    .argument('[party]', 'which party', partyArgument)
    .addHelpText('after', examples('unbroken party show danish-post', 'unbroken party show danish-post --json'))
    .action(async (named: PartyId | undefined, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const id = named ?? (await session.party());
      const [party, { state }] = await Promise.all([session.client.party(id), session.client.chain(id)]);
      const told = state !== null && 'keys' in state ? state.keys : [];
      const keys = party.keys.map((key) => withPerson(key, told.find(({ kid }) => kid === key.kid)?.person));
      session.tell({ ...party, keys }, shown({ ...party, keys }, session.paint));
    });
};

type ShownParty = Omit<PartyAnswer, 'keys'> & { readonly keys: readonly ShownKey[] };
type ShownKey = PartyAnswer['keys'][number] & { readonly person?: string };

const withPerson = (key: PartyAnswer['keys'][number], person: string | undefined): ShownKey =>
  person === undefined ? key : { ...key, person };

function shown(party: ShownParty, { quiet, strong }: Paint): string[] {
  const admitted = party.admitted ? `admitted as ${party.roles.join(', ')}` : 'not admitted yet';
  return [
    `${strong(party.name)}  ${party.party}  ${admitted}`,
    ...party.sites.flatMap(({ site, geo, radius, hours }) => [
      `  place  ${site}  ${radius} m around ${geo.map((part) => part / 10_000).join(', ')}`,
      ...hoursLines(hours).map((line) => `         ${line}`),
    ]),
    ...party.keys.map(({ kid, use, roles, revoked, person }) => {
      const holder = use === 'root' ? '' : `  held by ${person ?? 'no person'}`;
      const taken = revoked === undefined ? '' : `  taken back from ${moment(revoked * 1000)} on`;
      return `  key    ${use}  ${roles.join(', ')}${holder}${taken}  ${quiet(kid)}`;
    }),
    ...party.policies.map((policy) => `  policy ${quiet(policy)}`),
  ];
}
