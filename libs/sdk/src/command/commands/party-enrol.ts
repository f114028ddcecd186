// unbroken party enrol: a key of the party begins to count.

import { Option } from 'commander';
import type { Command } from 'commander';
import { keyUses } from '@unbroken/custody';
import type { KeyUse, Role } from '@unbroken/custody';
import type { KeyId } from '@unbroken/tokens';
import type { StoredKey } from '../../keys/key-store.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { keyArgument, rolesArgument } from '../arguments.js';
import { chooseKey } from '../choose-key.js';
import type { Session } from '../session.js';
import { tellRecorded } from '../told-statement.js';

interface Options {
  readonly use: KeyUse;
  readonly roles?: Role[];
  readonly person?: string;
  readonly idp?: 'none' | 'admin' | 'document';
}

export const addPartyEnrol: AddCommand = (parent, around) => {
  parent
    .command('enrol')
    .description('let a key count; it proves that it is held here. Without a key id a new one is made')
    .argument('[key]', 'id of a key in the home directory', keyArgument)
    .addOption(new Option('--use <use>', 'what a new key is for').choices(keyUses).default('device'))
    .option('--roles <roles>', 'what it may sign as; left out: whatever the party is granted', rolesArgument)
    .option('--person <ref>', 'opaque reference of the person who holds it, 8 to 64 letters and digits; no name')
    .addOption(new Option('--idp <how>', 'how that person was identified').choices(['none', 'admin', 'document']))
    .addHelpText(
      'after',
      examples(
        'unbroken party enrol --as danish-post --roles courier',
        'unbroken party enrol --as health-data --roles sender --person clerk-0017 --idp admin',
      ),
    )
    .action(async (kid: KeyId | undefined, options: Options, command: Command) => {
      const session = sessionOf(command, around);
      const key = kid === undefined ? await newKey(session, options.use) : await keptKey(session, kid);
      const use = key.use as KeyUse;
      const roles = options.roles ?? (await grantedRoles(session));
      const { person, idp } = options;
      const { tid, pending } = await (
        await session.rootHand()
      ).enrol(await session.keys.signer(key.kid), {
        use,
        roles,
        ...(person === undefined ? {} : { person }),
        ...(idp === undefined ? {} : { idp }),
      });
      tellRecorded(session, { party: key.party, kid: key.kid, use, roles, tid, pending }, [
        `The ${use} key ${key.kid} signs for ${key.party} as ${roles.join(', ') || 'nothing but itself'}.`,
      ]);
    });
};

async function newKey(session: Session, use: KeyUse): Promise<StoredKey> {
  const created = new Date(session.around.now()).toISOString();
  return session.keys.create({ party: await session.party(), use, created });
}

async function keptKey(session: Session, named: KeyId): Promise<StoredKey> {
  return chooseKey(await session.keys.list(), { party: await session.party(), uses: keyUses, named });
}

async function grantedRoles(session: Session): Promise<Role[]> {
  const { asked, roles } = await session.client.party(await session.party());
  return (roles.length > 0 ? roles : asked) as Role[];
}
