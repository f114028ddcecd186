import { mintToken, parseToken, TokenRefused, verifyToken, generateSigner, type Signer } from './index.js';
import { fixedSigners } from './vectors/fixed-keys.js';
import { claims, party } from './vectors/statement.js';

const { ed25519 } = await fixedSigners();

/** A signer that says whether its key was used. */
function watched(): Signer & { used: boolean } {
  const signer = {
    ...ed25519,
    used: false,
    sign(bytes: Uint8Array) {
      signer.used = true;
      return ed25519.sign(bytes);
    },
  };
  return signer;
}

describe('mintToken', () => {
  it.each(['ES256', 'Ed25519'] as const)('a new %s key → tokens that its public half verifies', async (alg) => {
    const { signer } = await generateSigner(alg);
    const envelope = parseToken(await mintToken(claims, signer));
    await verifyToken(envelope, { party, jwk: signer.jwk, kid: signer.kid });
    expect(envelope.header).toEqual({ alg, typ: 'custody+jwt', kid: signer.kid });
    expect(envelope.claims).toEqual(claims);
  });

  it.each([
    ['no jti', { ...claims, jti: undefined }, 'token.claim'],
    ['a time that is none', { ...claims, iat: Number.NaN }, 'token.claim'],
    ['half a surrogate pair', { ...claims, mood: '\ud83d' }, 'token.json'],
    ['more than fits', { ...claims, mood: 'x'.repeat(8000) }, 'token.too-large'],
  ])('%s → refused before the key is used', async (_, said, code) => {
    const signer = watched();
    const minted = mintToken(said, signer);
    await expect(minted).rejects.toBeInstanceOf(TokenRefused);
    await expect(minted).rejects.toMatchObject({ code });
    expect(signer.used).toBe(false);
  });

  it('a signer that answers DER → an error that says so', async () => {
    const signer: Signer = { ...ed25519, sign: () => Promise.resolve(new Uint8Array(71)) };
    await expect(mintToken(claims, signer)).rejects.toThrow('the signer answered 71 bytes');
  });
});
