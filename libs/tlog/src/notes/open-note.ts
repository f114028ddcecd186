// Whose signatures of a note hold (https://c2sp.org/signed-note, "Signatures").
import { TlogRefused } from '../refused.js';
import { verifySignature, type VerifiedSignature } from './note-signature.js';
import type { NoteSignature, SignedNote } from './signed-note.js';
import type { VerifierKey } from './verifier-key.js';

/**
 * The signatures of known keys. Those of unknown keys are ignored, as they must be: they may be of newer kinds. One
 * that names a known key and does not hold condemns the whole note.
 * @throws TlogRefused note.signature, note.unsigned (none of a known key)
 */
export async function openNote(note: SignedNote, keys: readonly VerifierKey[]): Promise<VerifiedSignature[]> {
  const known = note.signatures
    .map((signature) => ({ signature, named: keys.filter((key) => isNamed(key, signature)) }))
    .filter(({ named }) => named.length > 0);
  const verified = await Promise.all(known.map(({ signature, named }) => verifyOne(note.text, signature, named)));
  if (verified.length === 0) throw new TlogRefused('note.unsigned', 'no signature is by a known key');
  return verified.flat();
}

const isNamed = (key: VerifierKey, { name, keyId }: NoteSignature): boolean => key.name === name && key.keyId === keyId;

/** A key id is short: two known keys may share it. Then each that made the signature is credited, and no other. */
async function verifyOne(
  text: string,
  signature: NoteSignature,
  named: readonly VerifierKey[],
): Promise<VerifiedSignature[]> {
  const verified = await Promise.all(named.map((key) => verifySignature(key, text, signature)));
  const holding = verified.filter((one) => one !== null);
  if (holding.length > 0) return holding;
  throw new TlogRefused('note.signature', `the signature of ${signature.name} does not hold`);
}
