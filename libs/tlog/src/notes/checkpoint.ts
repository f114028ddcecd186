// Checkpoints (https://c2sp.org/tlog-checkpoint): the note in which a log states its size and root, and stands by it.
import { readHash } from '../merkle/merkle-hash.js';
import { TlogRefused } from '../refused.js';
import { base64, readDecimal } from '../spelling.js';
import { openNote } from './open-note.js';
import type { SignedNote } from './signed-note.js';
import type { VerifierKey } from './verifier-key.js';

/** `origin` names the log; `root` is 32 bytes; `extensions` are opaque lines that a log should not write. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
};

/**
 * Reads the text of a checkpoint, which ends in a newline.
 * @throws TlogRefused checkpoint.form, checkpoint.origin, checkpoint.size, checkpoint.root, checkpoint.extension
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', decimal, encoded, ...rest] = text.split('\n');
  const last = rest.pop();
  if (decimal === undefined || encoded === undefined || last !== '') {
    throw new TlogRefused('checkpoint.form', 'not three lines or more, each ending in a newline');
  }
  if (origin === '') throw new TlogRefused('checkpoint.origin', 'the origin is empty');
  const size = readDecimal(decimal);
  if (size === null) throw new TlogRefused('checkpoint.size', `${JSON.stringify(decimal.slice(0, 40))} is not a size`);
  const root = readHash(encoded);
  if (root === null) throw new TlogRefused('checkpoint.root', 'the root is not 32 bytes of base64');
  if (rest.includes('')) throw new TlogRefused('checkpoint.extension', 'an extension line is empty');
  return { origin, size, root, extensions: rest };
}

/**
 * The text to sign.
 * @throws TlogRefused as {@link parseCheckpoint}, when it would be read as another one
 */
export function formatCheckpoint(checkpoint: Omit<Checkpoint, 'extensions'> & Partial<Checkpoint>): string {
  const { origin, size, root, extensions = [] } = checkpoint;
  const text = [origin, size, base64(root), ...extensions, ''].join('\n');
  const read = parseCheckpoint(text);
  if (read.origin !== origin) throw new TlogRefused('checkpoint.origin', 'the origin is not one line');
  if (read.extensions.length !== extensions.length) {
    throw new TlogRefused('checkpoint.extension', 'an extension is not one line');
  }
  return text;
}

/**
 * The checkpoint in a note, signed by one of the keys trusted for this origin.
 * @throws TlogRefused as {@link parseCheckpoint} and openNote; checkpoint.other-origin
 */
export async function openCheckpoint(
  note: SignedNote,
  origin: string,
  keys: readonly VerifierKey[],
): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== origin) {
    throw new TlogRefused('checkpoint.other-origin', 'the checkpoint is of another log than asked for');
  }
  await openNote(note, keys);
  return checkpoint;
}
