// Tokens as the ledger would record them next: what the dispatch rules think ahead with.

import type { RegistryView } from '@unbroken/chains';
import { judge, readClaims } from '@unbroken/custody';
import type { ChainState, Recorded, ShipmentClaims, Standing } from '@unbroken/custody';
import type { Envelope, KeyId, TokenId } from '@unbroken/tokens';
import { isDispatchCode } from './dispatch-cures.js';
import type { DispatchCode } from './dispatch-cures.js';

/** A key nobody knows yet: the token may be recorded once it is enrolled, but it speaks for no known person. */
const STRANGER: Standing = { use: 'device', roles: [], key: 'good' };

export interface Signed {
  readonly tid: TokenId;
  readonly kid: KeyId;
  readonly claims: ShipmentClaims;
}

export interface Recording {
  readonly view: RegistryView;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Place in the log. */
  readonly index: number;
}

export function asRecorded({ tid, kid, claims }: Signed, { view, now, index }: Recording): Recorded {
  const registrySize = view.size;
  const isKnown = view.registry.keyAt(kid, registrySize) !== undefined;
  return {
    tid,
    kid,
    index,
    recordedAt: now,
    registrySize,
    claims,
    standing: isKnown ? view.registry.standing(kid, { iat: claims.iat, registrySize }) : STRANGER,
    mandates: view.registry.mandatesTo([claims.iss], registrySize),
  };
}

/** What a token says of its shipment; undefined where the ledger would record it as malformed. */
export function signedOf({ tid, header, claims }: Envelope, deployment: string): Signed | undefined {
  const read = readClaims(claims, deployment);
  return read.chain === 'shipment' ? { tid, kid: header.kid, claims: read.claims } : undefined;
}

/** Which dispatch rules this token would break; most break none. */
export const dispatchFindings = (state: ChainState, recorded: Recorded, view: RegistryView): DispatchCode[] =>
  judge(state, recorded, view.context).filter(isDispatchCode);
