// unbroken party enrol: a key of the party begins to count.

import { Option } from 'commander';
import type { Command } from 'commander';
import { keyUses } from '@unbroken/custody';
import type { KeyUse, Role } from '@unbroken/custody';
import type { KeyId } from '@unbroken/tokens';
import type { StoredKey } from '../../keys/key-store.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { keyArgument, personArgument, rolesArgument } from '../arguments.js';
import { enrolledKey } from '../four-eyes.js';
import type { Session } from '../session.js';
import { CannotBeDone } from '../told-failure.js';
import { tellOfParty } from '../told-statement.js';

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
    .option('--person <reference>', 'who holds it, as a reference that is no name; needed to approve', personArgument)
    .addOption(new Option('--idp <how>', 'how that person was identified').choices(['none', 'admin', 'document']))
    .addHelpText(
      'after',
      examples(
        'unbroken party enrol --as danish-post --roles courier',
        'unbroken party enrol --as danish-post KEY',
        'unbroken party enrol --as health-data --roles sender --person clerk-0017 --idp admin',
      ),
    )
    .action(async (kid: KeyId | undefined, options: Options, command: Command) => {
      const session = sessionOf(command, around);
      const roles = options.roles ?? (await grantedRoles(session));
      const key = kid === undefined ? await newKey(session, options.use) : await keptKey(session, kid);
      const use = key.use as KeyUse;
      const { person, idp } = options;
      const written = await (
        await session.rootHand()
      ).enrol(await session.keys.signer(key.kid), {
        use,
        roles,
        ...(person === undefined ? {} : { person }),
        ...(idp === undefined ? {} : { idp }),
      });
      await tellOfParty(session, { party: key.party, kid: key.kid, use, roles }, written, [
        `The ${use} key ${key.kid} signs for ${key.party} as ${roles.join(', ') || 'nothing but itself'}${person === undefined ? '' : `, held by ${person}`}.`,
        ...(use === 'device' && person === undefined && roles.includes('sender')
          ? ['It is enrolled for no person: what it registers nobody can approve, and it cannot approve.']
          : []),
      ]);
    });
};

async function newKey(session: Session, use: KeyUse): Promise<StoredKey> {
  const created = new Date(session.around.now()).toISOString();
  return session.keys.create({ party: await session.party(), use, created });
}

/** The first enrolment of a key counts for ever, so that a second one would say what does not hold. */
async function keptKey(session: Session, named: KeyId): Promise<StoredKey> {
  const key = await session.key(keyUses, named);
  const enrolled = await enrolledKey(session.client, key);
  if (enrolled === undefined) return key;
  const holder = enrolled.person === undefined ? 'no person' : enrolled.person;
  throw new CannotBeDone(
    'key.enrolled',
    `The key ${named} is enrolled already, for ${holder}, as ${enrolled.roles.join(', ') || 'nothing but itself'}.`,
    'That stays so. Leave the key id out to make and enrol a new key; take this one back with `unbroken party revoke`.',
  );
}

async function grantedRoles(session: Session): Promise<Role[]> {
  const { asked, roles } = await session.client.party(await session.party());
  return (roles.length > 0 ? roles : asked) as Role[];
}
