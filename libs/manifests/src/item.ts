// One parcel of a manifest: what of its token is its own. Its exact JSON text is what the tree hashes.

import { seals } from '@unbroken/custody';
import { base64url, isHash, isShipmentId, isTokenId, scanMembers, TokenRefused } from '@unbroken/tokens';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import { z } from 'zod';

export const manifestItem = z.strictObject({
  sub: z.custom<ShipmentId>(isShipmentId),
  prev: z.custom<TokenId>(isTokenId),
  seq: z.int().min(1),
  /** Of `accepted`: the release, where it is not `prev`. */
  rel: z.custom<TokenId>(isHash).optional(),
  /** Those that were looked at, or `unobserved`; a seal that is not named was not looked at. */
  seals: seals.optional(),
});
export type ManifestItem = z.infer<typeof manifestItem>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The bytes of an item: what its leaf hashes. */
export const itemBytes = (text: string): Uint8Array => encoder.encode(text);

/** An item as it stands in a piece. */
export const encodeItem = (text: string): string => base64url.encode(itemBytes(text));

/**
 * The text of an item in a piece.
 * @throws TokenRefused manifest.item
 */
export function decodeItem(encoded: string): string {
  const bytes = base64url.decodeStrict(encoded);
  if (bytes === null) throw refused('it is not strict base64url');
  try {
    return decoder.decode(bytes);
  } catch {
    throw refused('it is not UTF-8');
  }
}

/**
 * Reads an item strictly: what two readers could read differently is refused. `pointer` says where it stands.
 * @throws TokenRefused manifest.item
 */
export function readItem(text: string, pointer?: string): ManifestItem {
  const read = manifestItem.safeParse(parsed(text, pointer));
  if (!read.success) throw refused(`${read.error.issues[0]?.path.join('.') || 'a member'} is not of its form`, pointer);
  if (scanMembers(text) !== null) throw refused('it names a member twice', pointer);
  return read.data;
}

function parsed(text: string, pointer: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('it is not JSON', pointer);
  }
}

const refused = (why: string, pointer?: string): TokenRefused =>
  new TokenRefused('manifest.item', `the item cannot be read: ${why}`, pointer);
