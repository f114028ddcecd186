// The published examples of the standards we say we follow, and an independent implementation of them.
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { base64url } from './base64url.js';
import { keyId, mintToken, verifyToken, parseToken, type PublicJwk, type Signer } from './index.js';
import { importKey } from './node/index.js';
import { verifySignatureSync } from './node/verification-key.js';
import { verifySignature } from './signature.js';
import { deterministicEs256, twinOf } from './vectors/deterministic-es256.js';
import { fixedSigners } from './vectors/fixed-keys.js';
import { claims, party } from './vectors/statement.js';

const { es256, ed25519, otherEd25519 } = await fixedSigners();
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (digits: string): string => Buffer.from(digits, 'hex').toString('base64url');

async function verifies(jwk: PublicJwk, text: string, signature: Uint8Array): Promise<boolean[]> {
  return [await verifySignature(jwk, ascii(text), signature), verifySignatureSync(importKey(jwk), text, signature)];
}

describe('standards', () => {
  it('RFC 7515 A.3: ES256 → verifies', async () => {
    const signed =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
    const signature = base64url.decodeStrict(
      'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
    );
    expect(signature && (await verifies(es256.jwk, signed, signature))).toEqual([true, true]);
    expect(signature && (await verifies(es256.jwk, signed, twinOf(signature)))).toEqual([true, true]);
    expect(signature && (await verifies(es256.jwk, `${signed}A`, signature))).toEqual([false, false]);
  });

  it('RFC 8037 A.4: Ed25519 → the same signature', async () => {
    const signed = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc';
    const signature = await ed25519.sign(ascii(signed));
    expect(base64url.encode(signature)).toBe(
      'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
    );
    expect(await verifies(ed25519.jwk, signed, signature)).toEqual([true, true]);
    expect(await verifies(otherEd25519.jwk, signed, signature)).toEqual([false, false]);
  });

  it('RFC 8037 A.3 and RFC 9449 section 6.1: RFC 7638 thumbprints → the published ones', () => {
    expect(keyId(ed25519.jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(
      keyId({
        kty: 'EC',
        crv: 'P-256',
        x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
        y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      }),
    ).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
  });

  it('RFC 6979 A.2.5: deterministic ES256 of "sample" → the published signature', async () => {
    const signer = deterministicEs256({
      kty: 'EC',
      crv: 'P-256',
      x: hex('60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6'),
      y: hex('7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299'),
      d: hex('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721'),
    });
    expect(base64url.encode(await signer.sign(ascii('sample')))).toBe(
      hex(
        'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716' +
          'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
      ),
    );
  });

  it.each<[string, Signer]>([
    ['ES256', es256],
    ['Ed25519', ed25519],
  ])('%s: what is minted here → verifies with jose, thumbprint and all', async (alg, signer) => {
    const token = await mintToken(claims, signer);
    await verifyToken(parseToken(token), { party, jwk: signer.jwk, kid: signer.kid });
    const { payload, protectedHeader } = await compactVerify(token, await importJWK({ ...signer.jwk }, alg));
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
    expect(protectedHeader).toEqual({ alg, typ: 'custody+jwt', kid: await calculateJwkThumbprint({ ...signer.jwk }) });
  });
});
