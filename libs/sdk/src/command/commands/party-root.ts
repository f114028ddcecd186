// unbroken party root: the next root key takes over, as it must when the present one is lost or stolen.

import type { Command } from 'commander';
import type { PartyId } from '@unbroken/tokens';
import type { StoredKey } from '../../keys/key-store.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';
import { tellOfParty } from '../told-statement.js';

export const addPartyRoot: AddCommand = (parent, around) => {
  parent
    .command('root')
    .description('let the next root key take over, once its file is back in the home; makes the one after it')
    .addHelpText('after', examples('unbroken party root --as danish-post'))
    .action(async (_options: unknown, command: Command) => {
      const session = sessionOf(command, around);
      const party = await session.party();
      const [present, next, afterNext] = await keysOf(session, party);
      // A crash from here on is made good by the same command: the key after next is there and is taken again; and where the
      // hub has the new root already, only its name here is changed.
      const hub = await session.client.party(party);
      if (hub.rootKid === next.kid) {
        await session.keys.rename(next.kid, 'root');
        if (present !== undefined) await session.keys.rename(present.kid, 'former-root');
        session.tell({ party, root: next.kid }, [
          `The root key of ${party} is ${next.kid}, and had taken over already.`,
        ]);
        return;
      }
      const written = await (await session.rootHandOf(party, next.kid)).root(afterNext.kid);
      if (!written.pending && (await session.client.party(party)).rootKid === next.kid) {
        await session.keys.rename(next.kid, 'root');
        if (present !== undefined) await session.keys.rename(present.kid, 'former-root');
      }
      await tellOfParty(session, { party, root: next.kid, next: afterNext.kid }, written, [
        `The root key of ${party} is ${next.kid} from now on.`,
        'Take the former one back from when it was lost or stolen, if it was: `unbroken party revoke`.',
        `Now move the next root key to a place that is offline: ${session.keys.pathOf(afterNext.kid)}`,
      ]);
    });
};

type Roots = readonly [present: StoredKey | undefined, next: StoredKey, afterNext: StoredKey];

/** The older of two next keys is the one committed to; the newer was made by a command that did not come to its end. */
async function keysOf(session: Session, party: PartyId): Promise<Roots> {
  const own = (await session.keys.list()).filter((key) => key.party === party);
  const [next, spare] = own.filter(({ use }) => use === 'next');
  if (next === undefined) throw noNextKey(party, session.keys.directory);
  const created = new Date(session.around.now()).toISOString();
  const afterNext = spare ?? (await session.keys.create({ party, use: 'next', created }));
  return [own.find(({ use }) => use === 'root'), next, afterNext];
}

const noNextKey = (party: PartyId, directory: string): CannotBeDone =>
  new CannotBeDone(
    'key.missing',
    `The next root key of ${party} is not kept here.`,
    `Put its file back from its offline place into ${directory}, and take it away again afterwards.`,
  );
