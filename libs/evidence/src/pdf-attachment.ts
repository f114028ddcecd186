// The evidence within a PDF (ISO 32000-1, 7.11.4: an embedded file is a stream of its own). A stream never lies within
// another one (7.5.7), so its dictionary is plain text in the file, whatever program has saved the PDF anew: it is looked
// for, and nothing else of the PDF is read.

import { EvidenceRefused } from './bundle.js';

const latin1 = new TextDecoder('latin1');
const TYPE = /\/Type\s*\/EmbeddedFile(?![A-Za-z])/g;
const STREAM = /stream\r?\n/g;
const LENGTH = /\/Length\s+(\d+)(?!\s+\d+\s+R)/;
const FILTER = /\/Filter\s*\[?\s*\/(\w+)/;
/** Bytes that one may unfold to. */
const LARGEST = 64 * 1024 * 1024;

export const isPdf = (bytes: Uint8Array): boolean => latin1.decode(bytes.subarray(0, 1024)).includes('%PDF-');

/**
 * The bytes of the one evidence file within.
 * @throws EvidenceRefused where there is none, or several
 */
export async function embeddedEvidence(pdf: Uint8Array): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  for (const file of embeddedFiles(pdf)) {
    const bytes = await unfolded(file);
    if (bytes !== undefined && isEvidence(bytes) && !found.some((one) => isSame(one, bytes))) found.push(bytes);
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new EvidenceRefused(
    'evidence.file',
    only === undefined ? 'This PDF holds no evidence: it is paper only.' : 'This PDF holds several evidence files.',
    only === undefined
      ? 'Printing a PDF anew, or sending it through another program, loses what is attached to it: ask for the PDF as it was made, or for the JSON file.'
      : 'Ask for the PDF as it was made: nobody can say which of them its pages are about.',
  );
}

interface EmbeddedFile {
  readonly bytes: Uint8Array;
  readonly filter: string | undefined;
}

function* embeddedFiles(pdf: Uint8Array): Generator<EmbeddedFile> {
  const text = latin1.decode(pdf);
  for (const { index } of text.matchAll(TYPE)) {
    STREAM.lastIndex = index;
    const begins = STREAM.exec(text);
    if (begins === null) continue;
    const dictionary = text.slice(text.lastIndexOf(' obj', index), begins.index);
    const from = begins.index + begins[0].length;
    const said = Number(LENGTH.exec(dictionary)?.[1] ?? NaN);
    const end = Number.isNaN(said) ? text.indexOf('endstream', from) : from + said;
    if (end > from && end <= pdf.length) yield { bytes: pdf.subarray(from, end), filter: FILTER.exec(dictionary)?.[1] };
  }
}

/** Undefined for what cannot be unfolded, or is far too large. */
async function unfolded({ bytes, filter }: EmbeddedFile): Promise<Uint8Array | undefined> {
  if (filter === undefined) return bytes;
  if (filter !== 'FlateDecode') return undefined;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const whole = new Blob([new Uint8Array(bytes)]).stream();
    const stream: ReadableStream<Uint8Array<ArrayBuffer>> = whole.pipeThrough(new DecompressionStream('deflate'));
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      parts.push(next.value);
      length += next.value.length;
      if (length > LARGEST) {
        await reader.cancel();
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Another attachment is nobody's business here. */
const isEvidence = (bytes: Uint8Array): boolean => latin1.decode(bytes.subarray(0, 200)).includes('unbroken-evidence/');

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
