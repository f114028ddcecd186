// Verifier keys (https://c2sp.org/signed-note, "Verifier keys"): a public key with the name and type that make its
// signatures recognisable. Two of the assigned types are used here, and no other is read.
import { TlogRefused } from '../refused.js';
import { sha256 } from '../sha256.js';
import { base64, readBase64, utf8 } from '../spelling.js';
import { isKeyName } from './key-name.js';

/** The assigned signature types: a log signs plainly, a witness signs with the time (https://c2sp.org/tlog-cosignature). */
export const signatureTypes = { ed25519: 0x01, 'cosignature/v1': 0x04 } as const;
export type SignatureType = keyof typeof signatureTypes;

const publicKeyBytes = 32;

/** A key that can verify. `keyId` is a 32-bit number; `publicKey` 32 bytes (RFC 8032). Never changed once made. */
export type VerifierKey = {
  readonly name: string;
  readonly keyId: number;
  readonly type: SignatureType;
  readonly publicKey: Uint8Array;
};

/**
 * The verifier key of a public key under a name.
 * @throws TlogRefused vkey.form (the name), vkey.type (not 32 bytes)
 */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new TlogRefused('vkey.form', `${JSON.stringify(name)} is not a key name`);
  if (publicKey.length !== publicKeyBytes) {
    throw new TlogRefused('vkey.type', `a public key of ${publicKey.length} bytes`);
  }
  return Object.freeze({ name, keyId: keyIdOf(name, type, publicKey), type, publicKey: Uint8Array.from(publicKey) });
}

/** The vkey: name+hash+key. */
export const formatVkey = ({ name, keyId, type, publicKey }: VerifierKey): string =>
  `${name}+${keyId.toString(16).padStart(8, '0')}+${base64(typed(type, publicKey))}`;

/**
 * Reads a vkey.
 * @throws TlogRefused vkey.form, vkey.type (another type, or not 32 bytes), vkey.key-id
 */
export function parseVkey(vkey: string): VerifierKey {
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const bytes = readBase64(encoded ?? '');
  if (name === undefined || keyId === undefined || bytes === null) {
    throw new TlogRefused('vkey.form', 'not name+hash+key');
  }
  const type = (['ed25519', 'cosignature/v1'] as const).find((known) => signatureTypes[known] === bytes[0]);
  if (type === undefined) throw new TlogRefused('vkey.type', `signature type ${bytes[0] ?? 'none'} is not used here`);
  const key = verifierKey(name, type, bytes.subarray(1));
  if (key.keyId !== Number.parseInt(keyId, 16)) {
    throw new TlogRefused('vkey.key-id', `the key id is not ${keyId}`);
  }
  return key;
}

/** SHA-256(name || 0x0A || type || public key)[:4] */
function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const digest = sha256(Uint8Array.from([...utf8(`${name}\n`), ...typed(type, publicKey)]));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}

const typed = (type: SignatureType, publicKey: Uint8Array): Uint8Array =>
  Uint8Array.from([signatureTypes[type], ...publicKey]);
