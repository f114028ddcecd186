// The form follows https://c2sp.org/tlog-proof; its example's signatures and extra data are abridged, so that it can
// only be followed, not read.
import { laterRefusalOf, refusalOf } from '../fixture/refusal-of.js';
import { tampered } from '../fixture/tampered.js';
import { cosignedAt, policyOf, WitnessedLog, witnesses } from '../fixture/witnessed-log.js';
import { leafHash } from '../merkle/merkle-hash.js';
import { formatNote } from '../notes/signed-note.js';
import { nodeSha256 } from '../node/index.js';
import { utf8 } from '../spelling.js';
import { inclusionProof } from './inclusion-proof.js';
import { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.js';
import { verifyTlogProof } from './verify-tlog-proof.js';

const house = new WitnessedLog('2025-11-21T00:00:00.000Z 7\neyJhbGciOi.eyJpc3MiOi', 20);

async function proofOf(index: number, size: number, cosigners: number, extra?: Uint8Array): Promise<TlogProof> {
  const inclusion = await inclusionProof(index, size, house.nodesAt(size));
  return { ...(extra && { extra }), index, inclusion, checkpoint: await house.checkpoint(size, cosigners) };
}

const leafOf = (index: number) => leafHash(house.entryOf(index));
const extra = utf8('2025-11-21T00:00:00.000Z 7\n');
const proof = await proofOf(5, 7, 2, extra);
const text = formatTlogProof(proof);

describe('the form', () => {
  it('a proof → header, extra, index, hashes, empty line, checkpoint verbatim', () => {
    expect(text).toBe(
      [
        'c2sp.org/tlog-proof@v1',
        'extra MjAyNS0xMS0yMVQwMDowMDowMC4wMDBaIDcK',
        'index 5',
        ...proof.inclusion.map((hash) => Buffer.from(hash).toString('base64')),
        '',
        formatNote(proof.checkpoint),
      ].join('\n'),
    );
    expect(proof.inclusion).toHaveLength(3);
    expect(parseTlogProof(text)).toEqual(proof);
    expect(parseTlogProof(utf8(text))).toEqual(proof);
  });

  it('no extra data, no hashes → those lines left out', async () => {
    const bare = await proofOf(0, 1, 0);
    expect(formatTlogProof(bare)).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${formatNote(bare.checkpoint)}`);
    expect(parseTlogProof(formatTlogProof(bare))).toEqual(bare);
    expect(formatTlogProof({ ...bare, extra: new Uint8Array() })).toBe(formatTlogProof(bare));
  });

  it.each([
    ['nothing', '', 'tlog-proof.form'],
    ['no empty line', 'c2sp.org/tlog-proof@v1\nindex 0\n', 'tlog-proof.form'],
    ['no header', text.slice(text.indexOf('extra')), 'tlog-proof.header'],
    ['another version', text.replace('@v1', '@v2'), 'tlog-proof.header'],
    ['a byte order mark', `\ufeff${text}`, 'tlog-proof.header'],
    ['an empty line first', `\n\n${text}`, 'tlog-proof.header'],
    ['lines of Windows', text.replaceAll('\n', '\r\n'), 'tlog-proof.form'],
    ['empty extra data', text.replace(/extra .*/, 'extra '), 'tlog-proof.extra'],
    ['extra data not base64', text.replace(/extra .*/, 'extra !!'), 'tlog-proof.extra'],
    ['extra data without padding', text.replace(/extra .*/, 'extra QQ'), 'tlog-proof.extra'],
    ['extra without a space', text.replace('extra ', 'extra'), 'tlog-proof.index'],
    ['extra twice', text.replace('index', 'extra QUJD\nindex'), 'tlog-proof.index'],
    ['extra after the index', text.replace(/(extra .*)\n(index .*)/, '$2\n$1'), 'tlog-proof.hash'],
    ['no index', text.replace('index 5\n', ''), 'tlog-proof.index'],
    ['a leading zero', text.replace('index 5', 'index 05'), 'tlog-proof.index'],
    ['a negative index', text.replace('index 5', 'index -5'), 'tlog-proof.index'],
    ['an index that is none', text.replace('index 5', 'index five'), 'tlog-proof.index'],
    ['two spaces', text.replace('index 5', 'index  5'), 'tlog-proof.index'],
    ['an index too large to be exact', text.replace('index 5', 'index 9007199254740992'), 'tlog-proof.index'],
    ['a hash not base64', text.replace('index 5\n', 'index 5\n!!\n'), 'tlog-proof.hash'],
    ['a hash of 64 bytes', text.replace('index 5\n', `index 5\n${'A'.repeat(86)}==\n`), 'tlog-proof.hash'],
    ['a hash of no bytes between others', text.replace('index 5\n', 'index 5\n \n'), 'tlog-proof.hash'],
    ['64 hashes', text.replace('index 5\n', `index 5\n${`${'A'.repeat(43)}=\n`.repeat(61)}`), 'tlog-proof.hash'],
    ['no checkpoint', text.slice(0, text.indexOf('\n\n') + 2), 'note.form'],
    ['two empty lines', text.replace('\n\n', '\n\n\n'), 'checkpoint.origin'],
    ['a signed text that is no checkpoint', text.replace('\n7\n', '\nseven\n'), 'checkpoint.size'],
    ['half of a surrogate pair', text.replace('unbroken', '\ud800'), 'note.utf8'],
  ])('%s → refused', (_, wrong, code) => {
    expect(refusalOf(() => parseTlogProof(wrong))).toBe(code);
  });

  it.each([
    ['an index that is none', { index: -1 }, 'tlog-proof.index'],
    ['a short hash', { inclusion: [new Uint8Array(31)] }, 'tlog-proof.hash'],
    ['64 hashes', { inclusion: Array.from({ length: 64 }, () => new Uint8Array(32)) }, 'tlog-proof.hash'],
  ])('written with %s → refused', (_, change, code) => {
    expect(refusalOf(() => formatTlogProof({ ...proof, ...change }))).toBe(code);
  });
});

describe('verifying', () => {
  const outcome = (one: TlogProof, leaf: Uint8Array, quorum: number) =>
    laterRefusalOf(() => verifyTlogProof(one, leaf, policyOf(quorum)));

  it('every entry of a witnessed log → accepted, with its witnesses', async () => {
    for (let index = 0; index < 20; index++) {
      const weighed = await verifyTlogProof(await proofOf(index, 20, 3), leafOf(index), policyOf(3), nodeSha256);
      expect(weighed.checkpoint.size).toBe(20);
      expect(weighed.cosigned.map(({ name, time }) => [name, time])).toEqual(
        witnesses.map(({ key }, at) => [key.name, cosignedAt + at]),
      );
    }
  });

  it('a first receipt, not witnessed yet → enough for quorum 0, not for 1', async () => {
    const first = await proofOf(5, 7, 0);
    expect(await outcome(first, leafOf(5), 0)).toBe('accepted');
    expect(await outcome(first, leafOf(5), 1)).toBe('trust.quorum');
    expect(await outcome(proof, leafOf(5), 3)).toBe('trust.quorum');
  });

  it('of another entry, at another index, with nodes missing or too many → refused', async () => {
    expect(await outcome(proof, leafOf(6), 2)).toBe('proof.root');
    expect(await outcome({ ...proof, index: 4 }, leafOf(5), 2)).toBe('proof.root');
    expect(await outcome({ ...proof, index: 7 }, leafOf(5), 2)).toBe('proof.index');
    expect(await outcome({ ...proof, inclusion: proof.inclusion.slice(1) }, leafOf(5), 2)).toBe('proof.too-short');
    expect(await outcome({ ...proof, inclusion: [...proof.inclusion, leafOf(0)] }, leafOf(5), 2)).toBe(
      'proof.too-long',
    );
    expect(await outcome({ ...proof, checkpoint: await house.checkpoint(8, 2) }, leafOf(5), 2)).toBe('proof.root');
    expect(await outcome(proof, leafOf(5).subarray(1), 2)).toBe('proof.hash-size');
  });

  it('any bit of it changed, any byte lost or doubled → refused, the extra data through the leaf hash', async () => {
    const bytes = utf8(text);
    const rest = house.entryOf(5).subarray(extra.length);
    const leafWith = (first: Uint8Array = new Uint8Array()) => leafHash(Uint8Array.from([...first, ...rest]));
    expect(leafWith(proof.extra)).toEqual(leafOf(5));
    const policy = policyOf(2);
    const accepted: string[] = [];
    for (const { what, bytes: wrong } of tampered(bytes)) {
      if (Buffer.compare(wrong, bytes) === 0) continue;
      const outcome = await laterRefusalOf(async () => {
        const read = parseTlogProof(wrong);
        await verifyTlogProof(read, leafWith(read.extra), policy, nodeSha256);
      });
      if (outcome === 'accepted') accepted.push(what);
    }
    expect(accepted).toEqual([]);
  });
});
