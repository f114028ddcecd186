// What a log sends to its witnesses (https://c2sp.org/tlog-witness, "add-checkpoint"), and what they send back.
import { readHash } from '../merkle/merkle-hash.js';
import { parseCheckpoint, type Checkpoint } from '../notes/checkpoint.js';
import { formatNote, parseNote, type SignedNote } from '../notes/signed-note.js';
import type { ConsistencyProof } from '../proofs/consistency-proof.js';
import { TlogRefused } from '../refused.js';
import { base64, isCount, readDecimal, readUtf8 } from '../spelling.js';

/** A checkpoint to cosign, and the proof that it extends the one of `oldSize`. */
export type AddCheckpoint = {
  readonly oldSize: number;
  readonly proof: ConsistencyProof;
  readonly note: SignedNote;
};

/** A well-formed request, with its checkpoint read. */
export type Submission = AddCheckpoint & { readonly checkpoint: Checkpoint };

/** The content type of a witness's 409, whose body is {@link formatLastSize}. */
export const tlogSizeType = 'text/x.tlog.size';

const oldPrefix = 'old ';
const maxProofLines = 63;

/**
 * Reads the body of a request. Everything it refuses is a 400.
 * @throws TlogRefused note.utf8, request.form, request.old-size, request.proof; as parseNote and parseCheckpoint
 */
export function parseAddCheckpoint(body: Uint8Array | string): Submission {
  const text = readUtf8(body);
  if (text === null) throw new TlogRefused('note.utf8', 'the request is not UTF-8');
  const end = text.indexOf('\n\n');
  if (end < 0) throw new TlogRefused('request.form', 'no empty line before the checkpoint');
  const [first = '', ...lines] = text.slice(0, end).split('\n');
  const oldSize = first.startsWith(oldPrefix) ? readDecimal(first.slice(oldPrefix.length)) : null;
  if (oldSize === null) throw new TlogRefused('request.old-size', 'the first line is not an old size');
  const proof = readProof(lines);
  const note = parseNote(text.slice(end + 2));
  return { oldSize, proof, note, checkpoint: parseCheckpoint(note.text) };
}

/**
 * The body of a request.
 * @throws TlogRefused request.old-size, request.proof; as formatNote
 */
export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  if (!isCount(oldSize)) throw new TlogRefused('request.old-size', `${oldSize} is not a size`);
  const lines = proof.map(base64);
  readProof(lines);
  return [`${oldPrefix}${oldSize}`, ...lines, '', formatNote(note)].join('\n');
}

/** The body of a 409: the size that the witness last cosigned. */
export const formatLastSize = (size: number): string => `${size}\n`;

/** What a 409 says; null when it says nothing of the kind. */
export const parseLastSize = (body: string): number | null =>
  body.endsWith('\n') ? readDecimal(body.slice(0, -1)) : null;

function readProof(lines: readonly string[]): Uint8Array[] {
  if (lines.length > maxProofLines) throw new TlogRefused('request.proof', `${lines.length} proof lines`);
  return lines.map((line) => {
    const hash = readHash(line);
    if (hash === null) throw new TlogRefused('request.proof', 'a line is not 32 bytes of base64');
    return hash;
  });
}
