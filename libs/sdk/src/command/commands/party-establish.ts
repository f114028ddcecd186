// unbroken party establish: a party opens its chain.

import type { Command } from 'commander';
import type { Role } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { StoredKey } from '../../keys/key-store.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { rolesArgument } from '../arguments.js';
import type { Session } from '../session.js';
import { tellRecorded } from '../told-statement.js';

interface Options {
  readonly name: string;
  readonly roles: Role[];
}

export const addPartyEstablish: AddCommand = (parent, around) => {
  parent
    .command('establish')
    .description('open the chain of your party, signed by its root key; makes the root key and the next one')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--roles <roles>', 'what it asks to be: sender, courier, receiver, …', rolesArgument)
    .addHelpText('after', examples('unbroken party establish --as danish-post --name "Danish Post" --roles courier'))
    .action(async ({ name, roles }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const party = await session.party();
      await keyFor(session, party, 'root');
      const next = await keyFor(session, party, 'next');
      const { tid, pending } = await (await session.rootHand()).establish({ name, roles, next: next.kid });
      tellRecorded(session, { party, tid, pending, next: next.kid }, [
        `${name} is established as ${party}.`,
        `Its tokens count once the operator admits it; in development that happens by itself.`,
        `Now move the next root key to a place that is offline: ${session.keys.pathOf(next.kid)}`,
      ]);
    });
};

/** The party's key for this use, made now where there is none. */
async function keyFor(session: Session, party: PartyId, use: 'root' | 'next'): Promise<StoredKey> {
  const kept = (await session.keys.list()).find((key) => key.party === party && key.use === use);
  return kept ?? session.keys.create({ party, use, created: new Date(session.around.now()).toISOString() });
}
