// Known answers: the tests of google/certificate-transparency and transparency-dev/merkle for RFC 6962 section 2.1.
import { fromHex, knownEntries, knownNodes, node, toHex } from '../fixture/known-tree.js';
import { nodeSha256 } from '../node/index.js';
import { sha256 } from '../sha256.js';
import { utf8 } from '../spelling.js';
import { emptyRoot, leafHash, nodeHash, readHash, sameHash } from './merkle-hash.js';

describe.each([
  ['portable', sha256],
  ['node', nodeSha256],
])('RFC 6962 hashing, %s', (_, hash) => {
  it('no entries → the hash of nothing', () => {
    expect(toHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('an entry → the known leaf hash', () => {
    expect(toHex(leafHash(utf8('L123456'), hash))).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(knownEntries.map((entry) => toHex(leafHash(entry, hash)))).toEqual(knownNodes[0]);
  });

  it('two children → the known node hash', () => {
    for (let level = 1; level < knownNodes.length; level++) {
      knownNodes[level]?.forEach((known, index) => {
        const left = fromHex(node(level - 1, 2 * index));
        const right = fromHex(node(level - 1, 2 * index + 1));
        expect(toHex(nodeHash(left, right, hash))).toBe(known);
      });
    }
  });

  it('a child of another size → an error, never a hash of what was there before', () => {
    const sound = new Uint8Array(32);
    for (const wrong of [new Uint8Array(), sound.subarray(1), new Uint8Array(33), new Uint8Array(64)]) {
      expect(() => nodeHash(sound, wrong, hash)).toThrow(RangeError);
      expect(() => nodeHash(wrong, sound, hash)).toThrow(RangeError);
    }
  });

  it('an entry that looks like a node → another hash', () => {
    const [left, right] = [fromHex(node(0, 0)), fromHex(node(0, 1))];
    expect(leafHash(Uint8Array.from([...left, ...right]), hash)).not.toEqual(nodeHash(left, right, hash));
  });

  it('a long entry after a short one, and back → nothing of one in the other', () => {
    const long = leafHash(new Uint8Array(70_000).fill(7), hash);
    const short = leafHash(Uint8Array.of(1), hash);
    leafHash(new Uint8Array(65_535).fill(9), hash);
    expect(leafHash(Uint8Array.of(1), hash)).toEqual(short);
    expect(leafHash(new Uint8Array(70_000).fill(7), hash)).toEqual(long);
  });
});

it('hashes of 32 bytes → read; others → null; compared byte by byte', () => {
  expect(readHash('5X1aU5J2eK4Fn8pR8xqYIyLkf1xC6fXyUZ3YqNnV5Xg=')).toHaveLength(32);
  expect(readHash('QUJD')).toBeNull();
  expect(sameHash(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(sameHash(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(sameHash(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).toBe(false);
});
