// Every vector against both implementations: the portable one and the servers' must answer alike, byte for byte.
import { createHash } from 'node:crypto';
import {
  keyId,
  parseToken,
  refusalCodes,
  TokenRefused,
  verifyProofOfPossession,
  verifyToken,
  type RefusalCode,
} from './index.js';
import {
  importKey,
  parseTokenSync,
  readCheckedToken,
  verifyProofOfPossessionSync,
  verifyTokenSync,
} from './node/index.js';
import { readPublicJwk, type PublicJwk } from './public-jwk.js';
import { envelopeVectors, keyVectors, possessionVectors, type EnvelopeVector } from './vectors/index.js';

type Outcome = { tid: string } | { kid: string } | { refused: RefusalCode };

const vectors = await envelopeVectors();
const keys = await keyVectors();
const possessions = await possessionVectors();

const inWords = (expected: Outcome): string => ('refused' in expected ? expected.refused : 'good');

async function outcome(read: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TokenRefused) return { refused: error.code };
    throw error;
  }
}

const portable = ({ key }: EnvelopeVector, token: string | Uint8Array): Promise<Outcome> =>
  outcome(async () => {
    const envelope = parseToken(token);
    if (key) await verifyToken(envelope, { ...key, kid: keyId(key.jwk) });
    return { tid: envelope.tid };
  });

const server = ({ key }: EnvelopeVector, token: string | Uint8Array): Promise<Outcome> =>
  outcome(() => {
    const envelope = parseTokenSync(token);
    if (key) verifyTokenSync(envelope, { ...importKey(key.jwk), party: key.party });
    return Promise.resolve({ tid: envelope.tid });
  });

describe('envelope vectors', () => {
  it.each(vectors.map((vector) => ({ ...vector, becomes: inWords(vector.expect) })))(
    '$name → $becomes',
    async (vector) => {
      const bytes = new TextEncoder().encode(vector.token);
      expect(await portable(vector, vector.token)).toEqual(vector.expect);
      expect(await portable(vector, bytes)).toEqual(vector.expect);
      expect(await server(vector, vector.token)).toEqual(vector.expect);
      expect(await server(vector, Buffer.from(bytes))).toEqual(vector.expect);
    },
  );

  it('a token id → the SHA-256 of all before the last dot, one for both twins', () => {
    const good = vectors.flatMap(({ token, expect: known }) => ('tid' in known ? [{ token, tid: known.tid }] : []));
    for (const { token, tid } of good) {
      expect(tid).toBe(
        createHash('sha256')
          .update(token.replace(/\.[^.]*$/, ''))
          .digest('base64url'),
      );
    }
    const [es256, twin] = good;
    expect(es256?.tid).toBe(twin?.tid);
    expect(es256?.token).not.toBe(twin?.token);
  });

  it('read strictly and then again as checked → the same id, header and claims', () => {
    const good = vectors.filter(({ expect: expected }) => 'tid' in expected);
    expect(good.length).toBeGreaterThan(5);
    for (const { token } of good) {
      const { tid, header, claims } = parseTokenSync(token);
      expect(readCheckedToken(token)).toEqual({ tid, header, claims });
      // The second time its header is remembered.
      expect(readCheckedToken(token)).toEqual({ tid, header, claims });
    }
  });

  it('built twice → the same tokens', async () => {
    expect(await envelopeVectors()).toEqual(vectors);
  });

  it('names are unique, so that a failing one can be found', () => {
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  });
});

describe('key vectors', () => {
  it.each(keys.map((vector) => ({ ...vector, becomes: inWords(vector.expect) })))(
    '$name → $becomes',
    async ({ jwk, expect: expected }) => {
      const read = (take: (value: PublicJwk) => PublicJwk): Promise<Outcome> =>
        outcome(() => Promise.resolve({ kid: keyId(take(jwk as PublicJwk)) }));
      expect(await read(readPublicJwk)).toEqual(expected);
      expect(await read((value) => importKey(value).jwk)).toEqual(expected);
    },
  );
});

describe('proofs of possession', () => {
  it.each(possessions)('$name → $expect', async ({ jwk, party, rootKid, pop, expect: expected }) => {
    expect(await verifyProofOfPossession(jwk, party, rootKid, pop)).toBe(expected === 'holds');
    expect(verifyProofOfPossessionSync(importKey(jwk), party, rootKid, pop)).toBe(expected === 'holds');
  });
});

it('every refusal has a vector, but for the one that only a ledger can see and those of manifests', () => {
  const shown = [...vectors, ...keys, ...possessions].flatMap(({ expect: expected }) =>
    typeof expected === 'object' && 'refused' in expected ? [expected.refused] : [],
  );
  const missing = refusalCodes.filter((code) => !shown.includes(code) && !code.startsWith('manifest.'));
  expect(missing).toEqual(['token.party-taken']);
});
