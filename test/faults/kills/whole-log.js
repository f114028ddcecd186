// A log as an outsider reads it whole, over HTTP, and its tree built from nothing but the entries (RFC 6962, section 2.1),
// with no code of libs/tlog's tree.
import { createHash } from 'node:crypto';
import { entriesPath, parseEntries, tilePath } from '@unbroken/tlog';

const WIDTH = 256;

/** @param {...Uint8Array} parts */
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * @param {string} log its address @param {number} size @param {string} access an auditor's
 * @returns {Promise<Uint8Array[]>} its first entries
 */
export async function allEntries(log, size, access) {
  const headers = { authorization: `Bearer ${access}` };
  /** @type {Uint8Array[]} */
  const entries = [];
  for (let index = 0; index * WIDTH < size; index += 1) {
    const width = Math.min(WIDTH, size - index * WIDTH);
    const bundle = new Uint8Array(await (await asked(log + entriesPath({ index, width }), headers)).arrayBuffer());
    entries.push(...parseEntries(bundle, width));
  }
  return entries;
}

/**
 * The root after each of these sizes, and every hash that stands in a tile.
 * @param {readonly Uint8Array[]} entries
 * @param {ReadonlySet<number>} sizes
 */
export function treeOf(entries, sizes) {
  /** Complete subtrees from the left, the largest first. @type {{ level: number, hash: Buffer }[]} */
  const stack = [];
  /** @type {Map<number, Buffer>} */
  const roots = new Map();
  /** By level of tiles, in order. @type {Buffer[][]} */
  const hashes = [];
  const complete = (/** @type {{ level: number, hash: Buffer }} */ node) => {
    if (node.level % 8 === 0) (hashes[node.level / 8] ??= []).push(node.hash);
    const left = stack.at(-1);
    if (left?.level !== node.level) return void stack.push(node);
    stack.pop();
    complete({ level: node.level + 1, hash: sha256(NODE, left.hash, node.hash) });
  };
  for (const [index, entry] of entries.entries()) {
    complete({ level: 0, hash: sha256(LEAF, entry) });
    if (sizes.has(index + 1))
      roots.set(
        index + 1,
        stack.map(({ hash }) => hash).reduceRight((right, left) => sha256(NODE, left, right)),
      );
  }
  return { roots, hashes };
}

/**
 * Compares every tile that the log serves with the tree built from its entries.
 * @param {string} log its address @param {readonly (readonly Buffer[])[]} hashes
 * @returns {Promise<string[]>} the tiles that differ
 */
export async function differingTiles(log, hashes) {
  const differing = [];
  for (const [level, row] of hashes.entries()) {
    for (let index = 0; index * WIDTH < row.length; index += 1) {
      const expected = Buffer.concat(row.slice(index * WIDTH, (index + 1) * WIDTH));
      const path = tilePath({ level, index, width: expected.length / 32 });
      const served = Buffer.from(await (await asked(log + path)).arrayBuffer());
      if (!served.equals(expected)) differing.push(path);
    }
  }
  return differing;
}

/** @param {string} url @param {Record<string, string>} [headers] */
async function asked(url, headers = {}) {
  const answer = await fetch(url, { headers });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  return answer;
}
