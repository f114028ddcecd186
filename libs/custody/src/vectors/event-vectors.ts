// Signed test vectors of every event: one that is recorded as it is, and one for each way to be malformed.

import { mintToken, proofOfPossession } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { fixedSigners } from '@unbroken/tokens/vectors';
import { readClaims } from '../events/read-claims.js';
import { examples, vectorDeployment } from './examples.js';

export interface EventVector {
  readonly name: string;
  readonly token: string;
  /** `malformed`: the envelope and the signature hold, the claims do not; recorded with this reason. */
  readonly expect: { readonly evt: string } | { readonly malformed: string };
}

/** Claims whose fault refuses a token before anybody asks what it says. */
const ofEnvelope = new Set(['iss', 'sub', 'jti', 'iat', 'evt']);

type Claims = Readonly<Record<string, unknown>>;

/** The good statement and everything one change away that is malformed, with a name for each. */
function* variations(evt: string, good: Claims): Generator<[string, Claims]> {
  yield [`${evt}: good`, good];
  yield [`${evt}: an unknown claim`, { ...good, extra: 1 }];
  for (const claim of Object.keys(good).filter((name) => !ofEnvelope.has(name))) {
    yield [`${evt}: ${claim} of the wrong type`, { ...good, [claim]: { '?': [] } }];
    yield [`${evt}: without ${claim}`, Object.fromEntries(Object.entries(good).filter(([name]) => name !== claim))];
  }
}

/** All vectors, the same on every run; signed with the Ed25519 key of RFC 8037 appendix A.1. */
export async function eventVectors(): Promise<readonly EventVector[]> {
  const { ed25519, es256 } = await fixedSigners();
  const pop = await proofOfPossession(es256, 'health-agency' as PartyId, ed25519.kid);
  const vectors: EventVector[] = [];
  for (const [evt, good] of Object.entries(examples(es256.jwk, pop))) {
    for (const [name, claims] of [...variations(evt, good), otherDeployment(evt, good)].filter((one) => one !== null)) {
      const read = readClaims(claims, vectorDeployment);
      if (read.chain !== 'malformed' && name !== `${evt}: good` && !name.includes(': without ')) {
        throw new Error(`${name} should be malformed`);
      }
      const expect = read.chain === 'malformed' ? { malformed: read.reason } : { evt };
      vectors.push({ name, token: await mintToken(claims, ed25519), expect });
    }
  }
  const unknown = { ...examples(es256.jwk, pop).approved, evt: 'teleported' };
  vectors.push({
    name: 'an event not known here',
    token: await mintToken(unknown, ed25519),
    expect: { malformed: 'evt:unknown' },
  });
  return vectors;
}

const otherDeployment = (evt: string, good: Claims): [string, Claims] | null =>
  'aud' in good ? [`${evt}: made for another deployment`, { ...good, aud: 'elsewhere' }] : null;
