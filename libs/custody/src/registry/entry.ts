// One entry of the registry log as the fold sees it: what a party's chain says, and where the log put it.

import type { KeyId, PartyId, TokenId } from '@unbroken/tokens';
import type { PartyClaims } from '../events/catalogue.js';

interface Position {
  readonly tid: TokenId;
  /** The key that signed; whoever recorded the entry has verified it. */
  readonly kid: KeyId;
  /** Index in the registry log: the entry counts for whatever is recorded with a `registrySize` above it. */
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

export interface RecordedPartyToken extends Position {
  readonly claims: PartyClaims;
}

/** The claims could not be read; the bytes stay in erasable storage. */
export interface MalformedPartyToken extends Position {
  /** The party whose chain it was for. */
  readonly sub: PartyId;
  readonly malformed: string;
}

export type RegistryEntry = RecordedPartyToken | MalformedPartyToken;
