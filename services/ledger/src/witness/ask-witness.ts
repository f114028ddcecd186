// One question to one witness (https://c2sp.org/tlog-witness, "add-checkpoint") and its answer, read strictly: of what comes
// back only the signature that verifies under the listed key is believed.

import { TlogRefused, formatAddCheckpoint, openNote, parseLastSize, parseSignatureLines } from '@unbroken/tlog';
import type { AddCheckpoint, NoteSignature } from '@unbroken/tlog';
import type { ListedWitness } from './witness-list.js';

const PATIENCE_MS = 5_000;
/** A few signature lines, or a sentence. */
const LONGEST_ANSWER = 64 * 1024;

export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly signature: NoteSignature }
  /** The witness last cosigned this size. */
  | { readonly kind: 'conflict'; readonly size: number };

/** The witness does not answer, or not as a witness does. */
export class WitnessSilent extends Error {
  override readonly name = 'WitnessSilent';
}

/** The witness says that what it is shown does not extend what it has cosigned. */
export class WitnessRefuses extends Error {
  override readonly name = 'WitnessRefuses';
}

/** @throws WitnessSilent, WitnessRefuses */
export async function askWitness(
  witness: ListedWitness,
  question: AddCheckpoint,
  ending: AbortSignal,
): Promise<WitnessAnswer> {
  const { status, body } = await posted(witness, formatAddCheckpoint(question), ending);
  if (status === 200) return { kind: 'cosigned', signature: await signatureIn(body, question, witness) };
  if (status === 409) {
    const size = parseLastSize(body);
    if (size !== null) return { kind: 'conflict', size };
  }
  if (status === 422) throw new WitnessRefuses(sentence(body));
  throw new WitnessSilent(`it answers ${status}: ${sentence(body)}`);
}

async function posted(
  { url }: ListedWitness,
  body: string,
  ending: AbortSignal,
): Promise<{ readonly status: number; readonly body: string }> {
  // Not AbortSignal.timeout, which Node collects as garbage when nothing but AbortSignal.any holds it: it never fires then.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal: AbortSignal.any([ending, patience.signal]),
    });
    return { status: answer.status, body: await beginning(answer) };
  } catch (cause) {
    throw new WitnessSilent('it does not answer', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** No more than an answer can be long: whoever sends without end is cut off. */
async function beginning(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length > LONGEST_ANSWER) throw new Error('the answer is too long');
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Signatures by other keys are ignored, as they must be. */
async function signatureIn(body: string, { note }: AddCheckpoint, { key }: ListedWitness): Promise<NoteSignature> {
  try {
    const own = parseSignatureLines(body).filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
    await openNote({ text: note.text, signatures: own }, [key]);
    const [signature] = own;
    if (signature !== undefined) return signature;
  } catch (cause) {
    if (!(cause instanceof TlogRefused)) throw cause;
    throw new WitnessSilent(`what it signed does not hold: ${cause.message}`, { cause });
  }
  throw new WitnessSilent('it did not sign with the key that is listed for it');
}

const sentence = (body: string): string =>
  body
    .split('\n')[0]
    ?.slice(0, 200)
    .replace(/[^ -~]/g, '?') || 'nothing';
