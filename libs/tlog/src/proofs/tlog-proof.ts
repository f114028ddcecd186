// The receipt of a log (https://c2sp.org/tlog-proof): one text that shows offline that an entry was recorded.
import { readHash } from '../merkle/merkle-hash.js';
import { parseCheckpoint } from '../notes/checkpoint.js';
import { formatNote, parseNote, type SignedNote } from '../notes/signed-note.js';
import { TlogRefused } from '../refused.js';
import { base64, isCount, readBase64, readDecimal, readUtf8 } from '../spelling.js';
import type { InclusionProof } from './inclusion-proof.js';

/**
 * A proof as read; nothing of it is verified. `extra` is signed by nobody: here it holds the first line of the entry
 * (docs/protocol, section 6), so that it is bound to the log by the leaf hash that is computed with it.
 */
export type TlogProof = {
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly inclusion: InclusionProof;
  readonly checkpoint: SignedNote;
};

const header = 'c2sp.org/tlog-proof@v1';
const extraPrefix = 'extra ';
const indexPrefix = 'index ';
const maxHashes = 63;

/**
 * Reads a proof.
 * @throws TlogRefused note.utf8, tlog-proof.form, tlog-proof.header, tlog-proof.extra, tlog-proof.index,
 * tlog-proof.hash; as parseNote and parseCheckpoint
 */
export function parseTlogProof(proof: Uint8Array | string): TlogProof {
  const text = readUtf8(proof);
  if (text === null) throw new TlogRefused('note.utf8', 'the proof is not UTF-8');
  const end = text.indexOf('\n\n');
  if (end < 0) throw new TlogRefused('tlog-proof.form', 'no empty line before the checkpoint');
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (first !== header) throw new TlogRefused('tlog-proof.header', 'the first line is another one');

  const extra = lines[0]?.startsWith(extraPrefix) ? readExtra(lines.shift() ?? '') : undefined;
  const index = readIndex(lines.shift() ?? '');
  const inclusion = readHashes(lines);
  const checkpoint = parseNote(text.slice(end + 2));
  parseCheckpoint(checkpoint.text);
  return { ...(extra && { extra }), index, inclusion, checkpoint };
}

/**
 * The proof as text, with its checkpoint verbatim. Extra data of no bytes is left out, as none.
 * @throws TlogRefused tlog-proof.index, tlog-proof.hash; as formatNote
 */
export function formatTlogProof({ extra, index, inclusion, checkpoint }: TlogProof): string {
  if (!isCount(index)) throw new TlogRefused('tlog-proof.index', `${index} is not an index`);
  const hashes = inclusion.map(base64);
  readHashes(hashes);
  const extraLine = extra && extra.length > 0 ? [extraPrefix + base64(extra)] : [];
  return [header, ...extraLine, `${indexPrefix}${index}`, ...hashes, '', formatNote(checkpoint)].join('\n');
}

function readExtra(line: string): Uint8Array {
  const extra = readBase64(line.slice(extraPrefix.length));
  if (extra === null || extra.length === 0) throw new TlogRefused('tlog-proof.extra', 'the extra line is not base64');
  return extra;
}

function readIndex(line: string): number {
  const index = line.startsWith(indexPrefix) ? readDecimal(line.slice(indexPrefix.length)) : null;
  if (index === null)
    throw new TlogRefused('tlog-proof.index', `${JSON.stringify(line.slice(0, 40))} is no index line`);
  return index;
}

function readHashes(lines: readonly string[]): Uint8Array[] {
  if (lines.length > maxHashes) throw new TlogRefused('tlog-proof.hash', `${lines.length} hashes`);
  return lines.map((line) => {
    const hash = readHash(line);
    if (hash === null) throw new TlogRefused('tlog-proof.hash', 'a hash is not 32 bytes of base64');
    return hash;
  });
}
