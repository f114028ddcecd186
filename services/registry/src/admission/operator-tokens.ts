// What the operator signs by itself in development. Each token is a function of the operator's key and of what it
// answers, down to its bytes: signed again, after a restart or by another process, it is the same token, and nothing
// is recorded twice.

import { createHash } from 'node:crypto';
import type { PartyClaims } from '@unbroken/custody';
import { base64url, mintToken } from '@unbroken/tokens';
import type { Jti, PartyId, TokenId } from '@unbroken/tokens';
import type { OperatorKey } from './operator-key.js';

/** Opens the operator's own chain. */
export function establishOperator(party: PartyId, key: OperatorKey, deployment: string): Promise<string> {
  const claims: PartyClaims<'established'> = {
    iss: party,
    sub: party,
    jti: jtiFrom(`established.${key.signer.kid}`),
    iat: key.madeAt,
    evt: 'established',
    seq: 0,
    aud: deployment,
    name: 'Operator',
    roles: ['operator'],
    jwk: key.signer.jwk,
    next: key.next,
  };
  return mintToken(claims, key.signer);
}

export interface Established {
  readonly tid: TokenId;
  readonly claims: PartyClaims<'established'>;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

/** Admits a party with the roles it asked for. Signed when the party was recorded, and never before it signed itself. */
export function admitParty(
  { tid, claims, recordedAt }: Established,
  operator: PartyId,
  key: OperatorKey,
): Promise<string> {
  const admitted: PartyClaims<'admitted'> = {
    iss: operator,
    sub: claims.sub,
    jti: jtiFrom(`admitted.${tid}`),
    iat: Math.max(claims.iat, Math.floor(recordedAt / 1000)),
    evt: 'admitted',
    prev: tid,
    roles: claims.roles,
  };
  return mintToken(admitted, key.signer);
}

const jtiFrom = (what: string): Jti =>
  base64url.encode(createHash('sha256').update(what).digest().subarray(0, 16)) as Jti;
