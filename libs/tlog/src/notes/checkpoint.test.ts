// Known answers: https://c2sp.org/tlog-checkpoint, sum.golang.org (in FiloSottile/torchwood), golang.org/x/mod.
import { laterRefusalOf, refusalOf } from '../fixture/refusal-of.js';
import { logSigner } from '../fixture/signers.js';
import { tampered } from '../fixture/tampered.js';
import { leafHash } from '../merkle/merkle-hash.js';
import { base64, utf8 } from '../spelling.js';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { signNote } from './note-signature.js';
import { formatNote, parseNote } from './signed-note.js';
import { parseVkey } from './verifier-key.js';

const sofa = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const root = leafHash(utf8('hello world'));

describe('reading', () => {
  it('the specification’s example → its three lines', () => {
    const read = parseCheckpoint(sofa);
    expect({ ...read, root: base64(read.root) }).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      extensions: [],
    });
    expect(formatCheckpoint(read)).toBe(sofa);
  });

  it('an origin with spaces, extension lines, size 0 → read and written as they were', () => {
    const lines = ['go.sum database tree', '0', base64(root), 'one', ' two ', ''].join('\n');
    const read = parseCheckpoint(lines);
    expect(read).toEqual({ origin: 'go.sum database tree', size: 0, root, extensions: ['one', ' two '] });
    expect(formatCheckpoint(read)).toBe(lines);
  });

  it.each([
    ['nothing', '', 'checkpoint.form'],
    ['one line', 'a\n', 'checkpoint.form'],
    ['two lines', 'a\n1\n', 'checkpoint.form'],
    ['no newline at the end', sofa.slice(0, -1), 'checkpoint.form'],
    ['no newline after an extension', `${sofa}more`, 'checkpoint.form'],
    ['no origin', sofa.replace('example.com/behind-the-sofa', ''), 'checkpoint.origin'],
    ['a leading zero', sofa.replace('20852163', '020852163'), 'checkpoint.size'],
    ['two zeros', sofa.replace('20852163', '00'), 'checkpoint.size'],
    ['a sign', sofa.replace('20852163', '+20852163'), 'checkpoint.size'],
    ['a negative size', sofa.replace('20852163', '-1'), 'checkpoint.size'],
    ['a space after the size', sofa.replace('20852163', '20852163 '), 'checkpoint.size'],
    ['hexadecimal', sofa.replace('20852163', '0x10'), 'checkpoint.size'],
    ['no size', sofa.replace('20852163', ''), 'checkpoint.size'],
    ['more than a number holds', sofa.replace('20852163', '9007199254740993'), 'checkpoint.size'],
    ['a root of 31 bytes', sofa.replace('CsUY', ''), 'checkpoint.root'],
    ['a root of 33 bytes', sofa.replace('q2I=', 'q2IA'), 'checkpoint.root'],
    ['a root without padding', sofa.replace('q2I=', 'q2I'), 'checkpoint.root'],
    ['a root with trailing bits', sofa.replace('q2I=', 'q2J='), 'checkpoint.root'],
    ['an empty extension', `${sofa}\n`, 'checkpoint.extension'],
    ['an empty line among extensions', `${sofa}a\n\nb\n`, 'checkpoint.extension'],
  ])('%s → refused', (_, text, code) => {
    expect(refusalOf(() => parseCheckpoint(text))).toBe(code);
  });
});

describe('writing', () => {
  it.each([
    ['no origin', { origin: '', size: 1, root }, 'checkpoint.origin'],
    [
      'an origin of lines that pass for a checkpoint',
      { origin: `a\n1\n${base64(root)}`, size: 1, root },
      'checkpoint.origin',
    ],
    ['a size that is none', { origin: 'a', size: 1.5, root }, 'checkpoint.size'],
    ['a size too large to be exact', { origin: 'a', size: 2 ** 53, root }, 'checkpoint.size'],
    ['a short root', { origin: 'a', size: 1, root: root.subarray(1) }, 'checkpoint.root'],
    ['an empty extension', { origin: 'a', size: 1, root, extensions: [''] }, 'checkpoint.extension'],
    ['an extension of two lines', { origin: 'a', size: 1, root, extensions: ['b\nc'] }, 'checkpoint.extension'],
  ])('%s → refused', (_, checkpoint, code) => {
    expect(refusalOf(() => formatCheckpoint(checkpoint))).toBe(code);
  });
});

describe('opening', () => {
  const sumdb = `go.sum database tree
35225469
vt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=

— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=
`;
  const key = parseVkey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8');

  it('the Go checksum database’s → signed by its key', async () => {
    expect(await openCheckpoint(parseNote(sumdb), 'go.sum database tree', [key])).toMatchObject({ size: 35_225_469 });
  });

  it('of another log than asked for → refused, though signed', async () => {
    expect(await laterRefusalOf(() => openCheckpoint(parseNote(sumdb), 'sum.golang.org', [key]))).toBe(
      'checkpoint.other-origin',
    );
  });

  it('by no key that is trusted → refused', async () => {
    const { key: other } = await logSigner('sum.golang.org');
    for (const keys of [[], [other]]) {
      expect(await laterRefusalOf(() => openCheckpoint(parseNote(sumdb), 'go.sum database tree', keys))).toBe(
        'note.unsigned',
      );
    }
  });

  it('any bit of it changed, any byte lost or doubled → refused', async () => {
    const signer = await logSigner('log.example');
    const text = formatCheckpoint({ origin: 'log.example', size: 300, root });
    const bytes = utf8(formatNote({ text, signatures: [await signNote(text, signer)] }));
    for (const { what, bytes: wrong } of tampered(bytes)) {
      if (Buffer.compare(wrong, bytes) === 0) continue;
      const outcome = await laterRefusalOf(() => openCheckpoint(parseNote(wrong), 'log.example', [signer.key]));
      expect([what, outcome]).not.toEqual([what, 'accepted']);
    }
  });
});
