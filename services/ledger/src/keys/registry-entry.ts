// A party token as the registry's fold wants it: from the bytes that the log keeps, so that loading the log and
// appending to it read alike.

import { readClaims } from '@unbroken/custody';
import type { RegistryEntry } from '@unbroken/custody';
import type { Envelope, PartyId } from '@unbroken/tokens';

/** Where the log put a token of a party's chain. */
export type RegistryPlace = Pick<RegistryEntry, 'tid' | 'kid' | 'index' | 'recordedAt'> & { readonly sub: PartyId };

/** `malformed` is the reason where the claims could not be read when it was recorded. */
export function registryEntryOf(
  { tid, kid, index, recordedAt, sub }: RegistryPlace,
  recorded: { readonly envelope: Envelope } | { readonly malformed: string },
  deployment: string,
): RegistryEntry {
  const place = { tid, kid, index, recordedAt };
  if ('malformed' in recorded) return { ...place, sub, malformed: recorded.malformed };
  const read = readClaims(recorded.envelope.claims, deployment);
  if (read.chain === 'party') return { ...place, claims: read.claims };
  return { ...place, sub, malformed: read.chain === 'malformed' ? read.reason : 'evt:other-chain' };
}
