// Signed notes (https://c2sp.org/signed-note): a text and who signed it. Reading one verifies nothing.
import { TlogRefused } from '../refused.js';
import { base64, hasControl, readBase64, readUtf8 } from '../spelling.js';
import { isKeyName } from './key-name.js';

/** One signature: the key's name and 32-bit id, and what the algorithm signed, without the id. */
export type NoteSignature = { readonly name: string; readonly keyId: number; readonly signature: Uint8Array };

/** `text` ends in a newline. Writing what was read gives the same bytes. */
export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const maxSignatures = 100;
const keyIdBytes = 4;

/**
 * Reads a note. The text is all before the last empty line.
 * @throws TlogRefused note.utf8, note.control, note.form, note.signature-line, note.signatures
 */
export function parseNote(note: Uint8Array | string): SignedNote {
  const whole = readUtf8(note);
  if (whole === null) throw new TlogRefused('note.utf8', 'the note is not UTF-8');
  if (hasControl(whole)) throw new TlogRefused('note.control', 'the note has a control character');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) throw new TlogRefused('note.form', 'no empty line separates text and signatures');
  return { text: whole.slice(0, end + 1), signatures: parseSignatureLines(whole.slice(end + 2)) };
}

/**
 * Reads signature lines, as they end a note and as a witness answers them.
 * @throws TlogRefused note.form, note.signature-line, note.signatures
 */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (!lines.endsWith('\n')) throw new TlogRefused('note.form', 'the signatures do not end in a newline');
  const signatures = lines.slice(0, -1).split('\n');
  if (signatures.length > maxSignatures) throw new TlogRefused('note.signatures', `${signatures.length} signatures`);
  return signatures.map(parseSignatureLine);
}

/**
 * The note as it is sent.
 * @throws TlogRefused as {@link parseNote}, when it could not be read again
 */
export function formatNote({ text, signatures }: SignedNote): string {
  if (!text.endsWith('\n')) throw new TlogRefused('note.form', 'the text does not end in a newline');
  const note = `${text}\n${signatures.map(formatSignatureLine).join('')}`;
  parseNote(note);
  return note;
}

/**
 * One line: em dash, name, base64 of key id and signature, newline.
 * @throws TlogRefused note.signature-line
 */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name) || keyId >>> 0 !== keyId || signature.length === 0) {
    throw new TlogRefused('note.signature-line', 'a signature has a name, a 32-bit key id and bytes');
  }
  const bytes = new Uint8Array(keyIdBytes + signature.length);
  new DataView(bytes.buffer).setUint32(0, keyId);
  bytes.set(signature, keyIdBytes);
  return `— ${name} ${base64(bytes)}\n`;
}

/** The note with more signatures, each instead of an earlier one of the same key: a log collecting its witnesses'. */
export function withSignatures(note: SignedNote, added: readonly NoteSignature[]): SignedNote {
  const isReplaced = (old: NoteSignature) => added.some(({ name, keyId }) => name === old.name && keyId === old.keyId);
  return { text: note.text, signatures: [...note.signatures.filter((old) => !isReplaced(old)), ...added] };
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = readBase64(encoded ?? '');
  if (name === undefined || bytes === null || !isKeyName(name) || bytes.length <= keyIdBytes) {
    throw new TlogRefused('note.signature-line', `${JSON.stringify(line.slice(0, 80))} is not a signature line`);
  }
  const keyId = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return { name, keyId, signature: bytes.subarray(keyIdBytes) };
}
