// One recorded token as the fold sees it: what it says, where the log put it, and what the registry log said about its
// signer at that moment. Everything a decision needs is in here, so that folding asks nobody.

import type { KeyId, PartyId, SiteId, TokenId } from '@unbroken/tokens';
import type { ShipmentClaims } from './events/catalogue.js';
import type { KeyUse, Role } from './events/forms.js';

/** `by` lets `to` accept in its name (event `mandated`), at one site or all, until a time in seconds. */
export interface Mandate {
  readonly by: PartyId;
  readonly to: PartyId;
  readonly site?: SiteId;
  readonly until?: number;
}

/** What the registry log says about a signing key, as of an entry's `registrySize`. */
export interface Standing {
  readonly use: KeyUse | 'root';
  /** Opaque reference of the person the key is enrolled for. */
  readonly person?: string;
  /** Roles granted to the party that this key may use. */
  readonly roles: readonly Role[];
  /**
   * `revoked`: recorded after the key's revocation and signed after its `since`: moves nothing.
   * `suspect`: signed after `since`, but recorded before the revocation was: stands.
   */
  readonly key: 'good' | 'suspect' | 'revoked';
}

interface Position {
  readonly tid: TokenId;
  readonly kid: KeyId;
  /** Index in the custody log; the order of the log is the order of everything. */
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
  readonly registrySize: number;
  /** The uploading device's clock minus the server's, in seconds, where the upload told it. */
  readonly drift?: number;
}

export interface RecordedToken extends Position {
  readonly claims: ShipmentClaims;
  readonly standing: Standing;
  /** Mandates that count as of `registrySize` and were given to the signer's party or to the party in `to`. */
  readonly mandates: readonly Mandate[];
}

/** The ledger could not read the claims; the bytes stay in erasable storage. */
export interface RecordedMalformed extends Position {
  readonly malformed: string;
}

export type Recorded = RecordedToken | RecordedMalformed;

export const isMalformed = (recorded: Recorded): recorded is RecordedMalformed => 'malformed' in recorded;
