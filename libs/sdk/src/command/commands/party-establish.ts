// unbroken party establish: a party opens its chain.

import type { Command } from 'commander';
import type { Role } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { StoredKey } from '../../keys/key-store.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { lineArgument, rolesArgument } from '../arguments.js';
import { partyOrNone } from '../known-party.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';
import { tellOfParty } from '../told-statement.js';

interface Options {
  readonly name: string;
  readonly roles: Role[];
}

export const addPartyEstablish: AddCommand = (parent, around) => {
  parent
    .command('establish')
    .description('open the chain of your party, signed by its root key; makes the root key and the next one')
    .requiredOption('--name <name>', 'what people call it', lineArgument)
    .requiredOption('--roles <roles>', 'what it asks to be: sender, courier, receiver, …', rolesArgument)
    .addHelpText('after', examples('unbroken party establish --as danish-post --name "Danish Post" --roles courier'))
    .action(async ({ name, roles }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const party = await session.party();
      await mustBeNew(session, party);
      await keyFor(session, party, 'root');
      const next = await keyFor(session, party, 'next');
      const written = await (await session.rootHand()).establish({ name, roles, next: next.kid });
      await tellOfParty(session, { party, next: next.kid }, written, [
        `${name} is established as ${party}.`,
        'What it signs counts once the operator admits it; with `npm run up` that happens by itself.',
        `Now move the next root key to a place that is offline: ${session.keys.pathOf(next.kid)}`,
      ]);
    });
};

/** The party's key for this use, made now where there is none. */
async function keyFor(session: Session, party: PartyId, use: 'root' | 'next'): Promise<StoredKey> {
  const kept = (await session.keys.list()).find((key) => key.party === party && key.use === use);
  return kept ?? session.keys.create({ party, use, created: new Date(session.around.now()).toISOString() });
}

/** A party is established once; a second time changes nothing, and would only be recorded as a mistake. */
async function mustBeNew(session: Session, party: PartyId): Promise<void> {
  const known = await partyOrNone(session.client, party);
  if (known === undefined) return;
  const ours = (await session.keys.list()).some(({ kid }) => kid === known.rootKid);
  throw new CannotBeDone(
    'party.established',
    `${party} is established already${ours ? ' with the root key that is kept here' : ', as ' + known.name}.`,
    ours
      ? `Go on with \`unbroken party enrol --as ${party}\`.`
      : 'Choose another id with --as, or name the home that keeps its root key with --home.',
  );
}
