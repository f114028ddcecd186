// Tokens with a good form and the wrong key or signature.
import type { PartyId } from '../ids.js';
import type { Signer } from '../signer.js';
import { refusedAs, type EnvelopeVector } from './envelope-vector.js';
import { forge } from './forge.js';
import { replaceSignature } from './good-envelopes.js';
import { headerWith, party, payloadWith } from './statement.js';

/** One vector or more for token.unknown-key, token.alg-key, token.other-party and token.signature. */
export async function keyFaults(signers: {
  es256: Signer;
  ed25519: Signer;
  otherEd25519: Signer;
}): Promise<EnvelopeVector[]> {
  const { es256, ed25519, otherEd25519 } = signers;
  const byEs256 = await forge(es256, headerWith(es256), payloadWith());
  const byEd25519 = await forge(ed25519, headerWith(ed25519), payloadWith());
  const [, elsewhere = ''] = (await forge(ed25519, headerWith(ed25519), payloadWith({ evt: 'reported' }))).split('.');

  const enrolled = (signer: Signer, owner: PartyId, vector: EnvelopeVector): EnvelopeVector => ({
    ...vector,
    key: { party: owner, jwk: signer.jwk },
  });
  const signature = (signer: Signer, name: string, token: string): EnvelopeVector =>
    enrolled(signer, party, refusedAs('token.signature', name, token));

  return [
    enrolled(otherEd25519, party, refusedAs('token.unknown-key', 'kid names another key', byEd25519)),
    enrolled(
      ed25519,
      party,
      refusedAs(
        'token.alg-key',
        'alg ES256 with an Ed25519 key',
        await forge(ed25519, headerWith(ed25519, { alg: 'ES256' }), payloadWith()),
      ),
    ),
    enrolled(
      es256,
      party,
      refusedAs(
        'token.alg-key',
        'alg Ed25519 with a P-256 key',
        await forge(es256, headerWith(es256, { alg: 'Ed25519' }), payloadWith()),
      ),
    ),
    enrolled(ed25519, 'visa-centre' as PartyId, refusedAs('token.other-party', 'a key of another party', byEd25519)),
    signature(ed25519, 'signed with another key', await forge(otherEd25519, headerWith(ed25519), payloadWith())),
    signature(ed25519, 'the signature of another payload', byEd25519.replace(/\..*\./, `.${elsewhere}.`)),
    signature(ed25519, 'one bit of an Ed25519 signature changed', replaceSignature(byEd25519, flipLastBit)),
    signature(es256, 'one bit of an ES256 signature changed', replaceSignature(byEs256, flipLastBit)),
    signature(ed25519, 'S beyond the order: the malleable Ed25519 signature', replaceSignature(byEd25519, plusOrder)),
    signature(
      ed25519,
      'an Ed25519 signature of 63 bytes',
      replaceSignature(byEd25519, (bytes) => bytes.subarray(0, 63)),
    ),
    signature(
      ed25519,
      'an Ed25519 signature and one byte more',
      replaceSignature(byEd25519, (bytes) => Uint8Array.of(...bytes, 0)),
    ),
    signature(es256, 'an ES256 signature as DER', replaceSignature(byEs256, toDer)),
    signature(
      es256,
      'an ES256 signature of zeros',
      replaceSignature(byEs256, () => new Uint8Array(64)),
    ),
  ];
}

const flipLastBit = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));

/** (R, S + L), which older Ed25519 verifiers take (RFC 8032 section 8.4). */
function plusOrder(signature: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  let sum = signature.subarray(32).reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n) + order;
  return signature.map((byte, i) => {
    if (i < 32) return byte;
    const low = Number(sum & 0xffn);
    sum >>= 8n;
    return low;
  });
}

/** The same r and s as an ASN.1 SEQUENCE of two INTEGERs, as X.509 and OpenSSL write it. */
function toDer(signature: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array): number[] => {
    const digits = [...bytes.subarray(bytes.findIndex((byte) => byte !== 0))];
    if ((digits[0] ?? 0) > 127) digits.unshift(0);
    return [2, digits.length, ...digits];
  };
  const content = [...integer(signature.subarray(0, 32)), ...integer(signature.subarray(32))];
  return Uint8Array.of(0x30, content.length, ...content);
}
