// Signing and verifying the text of a note: plainly (https://c2sp.org/signed-note, "Ed25519 signatures") as a log does,
// or with the time (https://c2sp.org/tlog-cosignature, "Ed25519 signed message") as a witness does.
import { isCount, utf8 } from '../spelling.js';
import { verifyEd25519 } from './ed25519.js';
import type { NoteSignature } from './signed-note.js';
import type { SignatureType, VerifierKey } from './verifier-key.js';

/** Who signs: the key others verify with, and its private half behind the one thing asked of it, 64 bytes of Ed25519. */
export type NoteSigner = {
  readonly key: VerifierKey;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
};

/** A signature that holds. `time`: what a cosignature states, in seconds since 1970; null in a plain signature. */
export type VerifiedSignature = { readonly key: VerifierKey; readonly time: number | null };

const signatureBytes = 64;
const timeBytes = 8;

/**
 * Signs a text that ends in a newline.
 * @throws RangeError when the signer's key is of another type, or it answers something else than 64 bytes
 */
export async function signNote(text: string, signer: NoteSigner): Promise<NoteSignature> {
  return { ...namesOf(signer, 'ed25519'), signature: await signed(signer, utf8(text)) };
}

/**
 * Cosigns the text of a checkpoint, at a time in whole seconds since 1970, not 0: that it is consistent with all that
 * the cosigner has seen of this log, and the largest of it. Only {@link judgeSubmission} can know that.
 * @throws RangeError as {@link signNote}, and for another time
 */
export async function cosign(text: string, signer: NoteSigner, time: number): Promise<NoteSignature> {
  if (!isCount(time) || time === 0) throw new RangeError(`${time} is not a time to cosign at`);
  const names = namesOf(signer, 'cosignature/v1');
  const signature = new Uint8Array(timeBytes + signatureBytes);
  new DataView(signature.buffer).setBigUint64(0, BigInt(time));
  signature.set(await signed(signer, cosignedMessage(text, time)), timeBytes);
  return { ...names, signature };
}

/** The signature if it is this key's over this text, else null. A time above 2^53 - 1 is none that a clock has shown. */
export async function verifySignature(
  key: VerifierKey,
  text: string,
  { signature }: NoteSignature,
): Promise<VerifiedSignature | null> {
  if (key.type === 'ed25519') {
    const holds = signature.length === signatureBytes && (await verifyEd25519(key, signature, utf8(text)));
    return holds ? { key, time: null } : null;
  }
  if (signature.length !== timeBytes + signatureBytes) return null;
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0));
  const holds = isCount(time) && (await verifyEd25519(key, signature.subarray(timeBytes), cosignedMessage(text, time)));
  return holds ? { key, time } : null;
}

const cosignedMessage = (text: string, time: number): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

function namesOf({ key: { name, keyId, type } }: NoteSigner, wanted: SignatureType): { name: string; keyId: number } {
  if (type !== wanted) throw new RangeError(`the key ${name} is of type ${type}, not ${wanted}`);
  return { name, keyId };
}

async function signed(signer: NoteSigner, bytes: Uint8Array): Promise<Uint8Array> {
  const signature = await signer.sign(bytes);
  if (signature.length === signatureBytes) return signature;
  throw new RangeError(`the signer answered ${signature.length} bytes`);
}
