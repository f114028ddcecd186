// The keys the vectors are signed with: from RFCs, so that everybody knows them and nobody takes one for a secret.
import { importPrivateJwk, type PrivateJwk } from '../key-file.js';
import type { Signer } from '../signer.js';
import { deterministicEs256 } from './deterministic-es256.js';

/** RFC 7515 appendix A.3. */
const rfc7515: PrivateJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
};

/** RFC 8037 appendix A.1. */
const rfc8037: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
};

/** RFC 8032 section 7.1, TEST 2. */
const rfc8032: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw',
  d: 'TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs',
};

/** One ES256 and two Ed25519 signers; each signs the same bytes the same way every time. */
export async function fixedSigners(): Promise<{ es256: Signer; ed25519: Signer; otherEd25519: Signer }> {
  const [ed25519, otherEd25519] = await Promise.all([importPrivateJwk(rfc8037), importPrivateJwk(rfc8032)]);
  return { es256: deterministicEs256(rfc7515), ed25519: ed25519.signer, otherEd25519: otherEd25519.signer };
}
