// Where the next line token of a chain goes, as far as this device knows: what it needs to sign without asking.

import { isTokenId } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { z } from 'zod';

export const knownPlace = z.strictObject({
  format: z.literal('unbroken-place/1'),
  /** The chain. */
  sub: z.string(),
  /** The newest line token known. */
  prev: z.custom<TokenId>(isTokenId),
  /** The number of the next one. */
  seq: z.int().min(1),
});
export type KnownPlace = z.infer<typeof knownPlace>;

/** The newest place of each chain that this device has seen. */
export interface PlaceStore {
  of(sub: string): Promise<KnownPlace | undefined>;
  /** Takes the place of what was known of that chain. */
  keep(place: KnownPlace): Promise<void>;
}
