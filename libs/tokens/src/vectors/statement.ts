// The one statement the vectors vary: a complete `approved` remark, so that a good vector is good in every respect.
import type { Jti, PartyId } from '../ids.js';
import { shipmentId } from '../shipment-id.js';
import type { Signer } from '../signer.js';
import { forge } from './forge.js';

/** The party whose keys sign the vectors. */
export const party = 'health-agency' as PartyId;

const registeredJti = 'AAECAwQFBgcICQoLDA0ODw' as Jti;

/** The claims of the statement. */
export const claims = {
  iss: party,
  sub: shipmentId(party, registeredJti),
  jti: 'EBESExQVFhcYGRobHB0eHw',
  iat: 1793577600,
  evt: 'approved',
  prev: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
};

/** The payload as text, some claims replaced, added, or (`undefined`) left out. */
export const payloadWith = (changes: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...claims, ...changes });

/** The header as text for this signer, some members replaced, added, or left out. */
export const headerWith = (signer: Signer, changes: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ alg: signer.alg, typ: 'custody+jwt', kid: signer.kid, ...changes });

/** A signed token of exactly this many bytes: a claim not known here is the filling, spaces in the header even it out. */
export async function tokenOfSize(signer: Signer, size: number): Promise<string> {
  const filled = (filling: number, spaces: number): Promise<string> =>
    forge(signer, headerWith(signer) + ' '.repeat(spaces), payloadWith({ filling: 'x'.repeat(filling) }));
  for (let spaces = 0; spaces < 3; spaces++) {
    const missing = size - (await filled(0, spaces)).length;
    for (let filling = Math.floor((missing * 3) / 4) - 2; filling <= (missing * 3) / 4 + 2; filling++) {
      const token = await filled(filling, spaces);
      if (token.length === size) return token;
    }
  }
  throw new RangeError(`no token of ${size} bytes can be made`);
}
