// What a recorded token says, as far as it can be read.

import type { ChainToken } from '@unbroken/contracts';
import { readClaims } from '@unbroken/custody';
import type { PartyClaims, ShipmentClaims } from '@unbroken/custody';
import { parseStatement } from '@unbroken/manifests';

/** A chain tells only tokens made for its deployment, so each is read as such. */
export function claimsOf({ token }: ChainToken): ShipmentClaims | PartyClaims | undefined {
  if (token === undefined) return undefined;
  const { claims } = parseStatement(token);
  const read = readClaims(claims, typeof claims['aud'] === 'string' ? claims['aud'] : '');
  return read.chain === 'malformed' ? undefined : read.claims;
}
