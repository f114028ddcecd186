import { exportPrivateJwk, generateSigner, importPrivateJwk, keyId, readPublicJwk, TokenRefused } from './index.js';
import { verifySignature } from './signature.js';

const statement = new TextEncoder().encode('statement');

describe.each(['ES256', 'Ed25519'] as const)('%s key files', (alg) => {
  it('exported and imported → the same key, not extractable any more', async () => {
    const { signer, privateKey } = await generateSigner(alg, { extractable: true });
    const file = JSON.parse(JSON.stringify(await exportPrivateJwk(privateKey))) as unknown;
    const imported = await importPrivateJwk(file);
    expect(imported.signer.kid).toBe(signer.kid);
    expect(await verifySignature(signer.jwk, statement, await imported.signer.sign(statement))).toBe(true);
    await expect(exportPrivateJwk(imported.privateKey)).rejects.toBeInstanceOf(TypeError);
    expect(await exportPrivateJwk((await importPrivateJwk(file, { extractable: true })).privateKey)).toEqual(file);
  });

  it('a device key → cannot be exported', async () => {
    const { privateKey, signer } = await generateSigner(alg);
    expect(privateKey.extractable).toBe(false);
    await expect(exportPrivateJwk(privateKey)).rejects.toBeInstanceOf(TypeError);
    expect(signer.kid).toBe(keyId(signer.jwk));
    expect(Object.isFrozen(signer.jwk)).toBe(true);
  });

  it('halves of two keys → key.form at d', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => exportPrivateJwk((await generateSigner(alg, { extractable: true })).privateKey)),
    );
    const mixed = importPrivateJwk({ ...one, d: other?.d });
    await expect(mixed).rejects.toBeInstanceOf(TokenRefused);
    await expect(mixed).rejects.toMatchObject({ code: 'key.form', pointer: '/d' });
  });

  it.each([undefined, 7, '', 'AAAA', 'A'.repeat(43) + '='])('d is %j → key.form at d', async (d) => {
    const { signer } = await generateSigner(alg);
    await expect(importPrivateJwk({ ...signer.jwk, d })).rejects.toMatchObject({ code: 'key.form', pointer: '/d' });
  });
});

it.each([null, 'key', [], {}])('%j as a key file → key.form', async (value) => {
  await expect(importPrivateJwk(value)).rejects.toMatchObject({ code: 'key.form' });
});

it('a private key where a public one is asked for → key.private, said by name', async () => {
  const { privateKey } = await generateSigner('ES256', { extractable: true });
  const enrolled = exportPrivateJwk(privateKey).then(readPublicJwk);
  await expect(enrolled).rejects.toMatchObject({ code: 'key.private', pointer: '/d' });
});
