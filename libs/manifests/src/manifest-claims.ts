// What the signed token of a manifest says: the gesture that all its parcels share, and the root over what is their own.

import { isHash, parseToken, TokenRefused } from '@unbroken/tokens';
import type { Envelope, Hash, Sha256 } from '@unbroken/tokens';
import { z } from 'zod';

/** As many parcels as one signature covers. */
export const MOST_ITEMS = 1000;

export const manifestItems = z.strictObject({ count: z.int().min(1).max(MOST_ITEMS), root: z.custom<Hash>(isHash) });
export type ManifestItems = z.infer<typeof manifestItems>;

/** The events that many parcels may share. */
export const manifestEvents: readonly string[] = ['released', 'accepted'];

/** What only items may say. */
const ITEMS_OWN = ['prev', 'seq', 'rel', 'seals'];

export interface ManifestToken {
  readonly envelope: Envelope;
  readonly items: ManifestItems;
}

/**
 * Reads the signed token of a manifest strictly; its signature is not checked. Its `sub` is its own `iss`: it is about no one
 * parcel, and a hub that knows no manifests records it as malformed and loses nothing.
 * @throws TokenRefused as parseToken, or manifest.claims
 */
export function readManifestToken(token: string, hash?: Sha256): ManifestToken {
  const envelope = parseToken(token, hash);
  const { iss, sub, evt } = envelope.claims;
  const items = manifestItems.safeParse(envelope.claims['items']);
  const stray = ITEMS_OWN.find((name) => Object.hasOwn(envelope.claims, name));
  if (sub !== iss) throw refused('sub is not the party that signs');
  if (!manifestEvents.includes(evt)) throw refused(`many parcels are never ${evt} in one gesture`);
  if (stray !== undefined) throw refused(`${stray} belongs to each item`);
  if (!items.success) throw refused('items is not {count, root}');
  return { envelope, items: items.data };
}

const refused = (why: string): TokenRefused =>
  new TokenRefused('manifest.claims', `the manifest cannot be read: ${why}`);
