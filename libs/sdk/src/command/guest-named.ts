// The options by which a sender names a guest: whom a parcel is for who has no keys. They go to the hub's own erasable table
// and nowhere else; what is signed is a commitment.

import { guestText } from '@unbroken/contracts';
import type { GuestDetails } from '@unbroken/contracts';
import { Option } from 'commander';
import type { Command } from 'commander';
import { base64url, commitment, newSalt } from '@unbroken/tokens';
import type { Hash } from '@unbroken/tokens';
import type { Doubt } from './anyway.js';
import { lineArgument } from './arguments.js';
import { GUEST } from './known-party.js';
import type { Session } from './session.js';
import { CannotBeDone, UsageError } from './told-failure.js';

export interface GuestOptions {
  readonly guestName?: string;
  readonly guestEmail?: string;
  readonly guestPhone?: string;
  readonly guestLanguage: 'en' | 'da' | 'fr';
}

export const withGuest = (command: Command): Command =>
  command
    .option('--guest-name <name>', 'with --to guest: whom it is for; never in a token or a log', lineArgument)
    .option('--guest-email <address>', 'where they are sent a code to confirm with', lineArgument)
    .option('--guest-phone <number>', 'the same by text message, such as +4512345678', lineArgument)
    .addOption(
      new Option('--guest-language <language>', 'of what they are sent').choices(['en', 'da', 'fr']).default('en'),
    );

/**
 * Who is named; undefined where nobody is.
 * @throws UsageError where a guest is named half, twice, or for a party
 */
export function guestNamed(to: string, options: GuestOptions): GuestDetails | undefined {
  const { guestName: name, guestEmail: email, guestPhone: phone, guestLanguage: language } = options;
  if (name === undefined && email === undefined && phone === undefined) return undefined;
  if (to !== GUEST) throw new UsageError(`A guest is named, and the parcel is for ${to}.`, 'Write --to guest.');
  const salt = base64url.encode(newSalt());
  if (name !== undefined && email !== undefined && phone === undefined) return { name, email, language, salt };
  if (name !== undefined && phone !== undefined && email === undefined) return { name, phone, language, salt };
  throw new UsageError(
    'A guest has a name and one way to be reached.',
    'Add --guest-name, and either --guest-email or --guest-phone.',
  );
}

/** Without a way to reach them nobody can ever confirm. */
export const guestDoubt = (to: string, guest: GuestDetails | undefined): Doubt | undefined =>
  to !== GUEST || guest !== undefined
    ? undefined
    : {
        code: 'guest.unnamed',
        what: 'The parcel is for a guest, and it is not said who that is: no code can be sent, and nobody can confirm.',
        cure: 'Add --guest-name, and --guest-email or --guest-phone.',
      };

/**
 * Has the hub keep who it is, before anything is signed. A crash after it leaves a guest of no parcel, who is forgotten.
 * @throws CannotBeDone where the hub answers another commitment than what it was told makes
 */
export async function keptGuest({ client }: Session, guest: GuestDetails): Promise<Hash> {
  const expected = commitment(base64url.decodeStrict(guest.salt) ?? new Uint8Array(), guestText(guest));
  if ((await client.keepGuest(guest)) === expected) return expected;
  throw new CannotBeDone(
    'guest.other-commitment',
    'The hub answers a commitment to somebody else than was named.',
    'Nothing was signed. Tell the operator; the hub may be of another version.',
  );
}
