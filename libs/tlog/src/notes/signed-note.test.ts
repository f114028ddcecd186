import { refusalOf } from '../fixture/refusal-of.js';
import { utf8 } from '../spelling.js';
import { formatNote, parseNote, parseSignatureLines, withSignatures, type SignedNote } from './signed-note.js';

const text = 'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n';
const line =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const note = `${text}\n${line}`;

describe('reading a note', () => {
  it('text and signatures → as written; written again → the same bytes', () => {
    const read = parseNote(utf8(note));
    expect(read.text).toBe(text);
    expect(read.signatures.map(({ name, keyId }) => [name, keyId.toString(16)])).toEqual([
      ['PeterNeumann', 'c74f20a3'],
    ]);
    expect(read.signatures[0]?.signature).toHaveLength(64);
    expect(formatNote(read)).toBe(note);
    expect(parseNote(note)).toEqual(read);
  });

  it('a text with empty lines, even one that looks signed → all of it is text', () => {
    const nested = `\n\n${note}\nmore\n`;
    expect(parseNote(`${nested}\n${line}`).text).toBe(nested);
    expect(parseNote(`\n\n${line}`).text).toBe('\n');
  });

  it('16 signatures → read, as every verifier must; 100 → read; 101 → refused', () => {
    expect(parseNote(`${text}\n${line.repeat(16)}`).signatures).toHaveLength(16);
    expect(parseNote(`${text}\n${line.repeat(100)}`).signatures).toHaveLength(100);
    expect(refusalOf(() => parseNote(`${text}\n${line.repeat(101)}`))).toBe('note.signatures');
  });

  it('a signature of an unknown, larger kind → kept', () => {
    const large = `— witness.example/pq ${Buffer.alloc(4 + 8 + 2420, 3).toString('base64')}\n`;
    const read = parseNote(note + large);
    expect(read.signatures[1]?.signature).toHaveLength(2428);
    expect(formatNote(read)).toBe(note + large);
  });

  it.each([
    ['nothing', '', 'note.form'],
    ['only text', text, 'note.form'],
    ['no signatures', `${text}\n`, 'note.form'],
    ['no newline at the end', note.slice(0, -1), 'note.form'],
    ['no empty line', text + line, 'note.form'],
    ['signatures before the text', `${line}\n${text}`, 'note.signature-line'],
    ['an empty line at the end', `${note}\n`, 'note.form'],
    ['a line among the signatures', `${note}Unexpected line.\n`, 'note.signature-line'],
    ['a hyphen for the dash', note.replace('—', '-'), 'note.signature-line'],
    ['an en dash', note.replace('—', '–'), 'note.signature-line'],
    ['two spaces', note.replace('— ', '—  '), 'note.signature-line'],
    ['no space', note.replace('— ', '—'), 'note.signature-line'],
    ['a space at the end of a line', `${note.slice(0, -1)} \n`, 'note.signature-line'],
    ['a name with a space', note.replace('PeterNeumann', 'Bad Name'), 'note.signature-line'],
    ['a name with a no-break space', note.replace('PeterNeumann', 'Bad\u00a0Name'), 'note.signature-line'],
    ['a name with a next-line character', note.replace('PeterNeumann', 'Bad\u0085Name'), 'note.signature-line'],
    ['a name with a plus', note.replace('PeterNeumann', 'Bad+Name'), 'note.signature-line'],
    ['no name', note.replace('PeterNeumann', ''), 'note.signature-line'],
    ['base64 cut', note.replace('nAM=', 'nAM'), 'note.signature-line'],
    ['base64 with trailing bits', note.replace('nAM=', 'nAN='), 'note.signature-line'],
    ['only a key id', `${text}\n— PeterNeumann x08gow==\n`, 'note.signature-line'],
    ['less than a key id', `${text}\n— PeterNeumann x08g\n`, 'note.signature-line'],
    ['a control character', `\x01${note}`, 'note.control'],
    ['a tab', note.replace('cryptography', '\t'), 'note.control'],
    ['lines of Windows', note.replaceAll('\n', '\r\n'), 'note.control'],
    ['a NUL in a name', note.replace('PeterNeumann', 'Peter\0Neumann'), 'note.control'],
    ['half of a surrogate pair', `\ud83d${note}`, 'note.utf8'],
  ])('%s → refused', (_, wrong, code) => {
    expect(refusalOf(() => parseNote(wrong))).toBe(code);
  });

  it('bytes that are not UTF-8 → refused', () => {
    expect(refusalOf(() => parseNote(Uint8Array.of(0xff, ...utf8(note))))).toBe('note.utf8');
  });

  it('signature lines alone → as a witness answers them', () => {
    expect(parseSignatureLines(line + line)).toHaveLength(2);
    expect(refusalOf(() => parseSignatureLines(''))).toBe('note.form');
    expect(refusalOf(() => parseSignatureLines(`${line}\n`))).toBe('note.signature-line');
  });
});

describe('writing a note', () => {
  const { signatures } = parseNote(note);
  const [signature = { name: '', keyId: 0, signature: new Uint8Array() }] = signatures;

  it.each<[string, SignedNote, string]>([
    ['no newline at the end of the text', { text: 'a', signatures }, 'note.form'],
    ['no text', { text: '', signatures }, 'note.form'],
    ['no signatures', { text, signatures: [] }, 'note.form'],
    ['a control character', { text: 'a\0\n', signatures }, 'note.control'],
    ['a bad name', { text, signatures: [{ ...signature, name: 'a+b' }] }, 'note.signature-line'],
    ['a key id beyond 32 bits', { text, signatures: [{ ...signature, keyId: 2 ** 32 }] }, 'note.signature-line'],
    [
      'a name that brings its own signature',
      { text, signatures: [{ ...signature, name: `${line.slice(2)}\n— b` }] },
      'note.signature-line',
    ],
    ['a name with a newline', { text, signatures: [{ ...signature, name: 'a\n\nb' }] }, 'note.signature-line'],
    [
      'an empty signature',
      { text, signatures: [{ ...signature, signature: new Uint8Array() }] },
      'note.signature-line',
    ],
  ])('%s → refused', (_, wrong, code) => {
    expect(refusalOf(() => formatNote(wrong))).toBe(code);
  });

  it('more signatures → each instead of the earlier one of its key, the others kept in place', () => {
    const [a, b, c] = [1, 2, 3].map((keyId) => ({ ...signature, keyId }));
    if (!a || !b || !c) throw new Error('three were made');
    const newer = { ...a, signature: new Uint8Array(72) };
    expect(withSignatures({ text, signatures: [a, b] }, [newer, c]).signatures).toEqual([b, newer, c]);
    const renamed = { ...a, name: 'other' };
    expect(withSignatures({ text, signatures: [a] }, [renamed]).signatures).toEqual([a, renamed]);
  });
});
