// Ed25519 (RFC 8032) on WebCrypto, as browsers and Node have it.
import type { VerifierKey } from './verifier-key.js';

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

// Verifier keys never change, so what was imported from one stays true.
const imported = new WeakMap<VerifierKey, ImportedKey>();

/** Whether it is this key's signature over these bytes. Rejects only when the platform cannot import the key. */
export async function verifyEd25519(key: VerifierKey, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> {
  const publicKey = imported.get(key) ?? (await importKey(key));
  return crypto.subtle.verify('Ed25519', publicKey, new Uint8Array(signature), new Uint8Array(bytes));
}

async function importKey(key: VerifierKey): Promise<ImportedKey> {
  const publicKey = await crypto.subtle.importKey('raw', new Uint8Array(key.publicKey), 'Ed25519', false, ['verify']);
  imported.set(key, publicKey);
  return publicKey;
}
