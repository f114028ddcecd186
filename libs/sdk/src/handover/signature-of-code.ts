// Whether a code is signed by whom it names, as far as that can be known without waiting for the ledger.

import type { JwksAnswer } from '@unbroken/contracts';
import { readPublicJwk, verifyToken } from '@unbroken/tokens';
import { HubProblem, HubUnreachable } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { HandoverCode } from './code.js';

/**
 * `holds`: by a key that the registry knows of that party; `unknown`: no hub answers, or it knows no such key yet.
 * @throws TokenRefused where the key is known and the signature is not by it
 */
export async function signatureOfCode(
  client: UnbrokenClient,
  { envelope }: Pick<HandoverCode, 'envelope'>,
): Promise<'holds' | 'unknown'> {
  const { iss: party } = envelope.claims;
  const { kid } = envelope.header;
  const key = (await keysOf(client, party)).find((one) => one.kid === kid);
  if (key === undefined) return 'unknown';
  const { kty, crv, x, y } = key;
  await verifyToken(envelope, {
    party,
    kid,
    jwk: readPublicJwk(y === undefined ? { kty, crv, x } : { kty, crv, x, y }),
  });
  return 'holds';
}

async function keysOf(client: UnbrokenClient, party: string): Promise<JwksAnswer['keys']> {
  try {
    return (await client.jwks(party)).keys;
  } catch (error) {
    if (error instanceof HubUnreachable || error instanceof HubProblem) return [];
    throw error;
  }
}
