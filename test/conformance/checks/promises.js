// What the hub gives for a token before and after the record: its promise and its receipt, each checked with nothing but
// the protocol's text (sections 6 and 8, RFC 6962 section 2.1.1).
import { createHash } from 'node:crypto';
import { shipmentVia } from '../cast.js';
import { hashOf, signedBy, thumbprint } from '../keys.js';

/** @typedef {import('../cast.js').Cast} Cast */

/** How many fresh tokens may be waited for in vain: a busy machine may take longer than a client waits. */
const ATTEMPTS = 4;

/** @param {Cast} cast */
export async function checkPromises(cast) {
  const { report, system } = cast;
  const { deployment, promises } = (await system.get('/ledger/v1/trust')).body;
  const { registered } = shipmentVia(cast, []);
  const { promise = '' } = (await system.post('sender', registered.jws)).body;
  const [header, payload] = promise.split('.').slice(0, 2).map(jsonOf);
  const key = promises.find((/** @type {any} */ jwk) => thumbprint(jwk) === header.kid);
  report.check('a 202 → a promise under a key of the trust policy', key !== undefined && signedBy(key, promise), true);
  report.check(
    'its header → alg, typ and kid',
    { ...header, kid: '' },
    { alg: 'Ed25519', typ: 'custody-promise+jwt', kid: '' },
  );
  const [line = {}] = payload.tokens;
  report.check(
    'what it says → deployment, service, and the bytes that were posted',
    [payload.iss, payload.service, line.tid, line.sum, line.due > line.received],
    [deployment, 'sender', registered.tid, hashOf(registered.jws), true],
  );
  await checkReceipt(cast);
}

/** @param {Cast} cast */
async function checkReceipt(cast) {
  const { report, system } = cast;
  let { registered } = shipmentVia(cast, []);
  let answer = await system.post('sender', registered.jws, { prefer: 'wait=5' });
  for (let attempt = 1; attempt < ATTEMPTS && answer.status === 202; attempt += 1) {
    ({ registered } = shipmentVia(cast, []));
    answer = await system.post('sender', registered.jws, { prefer: 'wait=5' });
  }
  const receipt = String(answer.body.tokens?.[0]?.receipt);
  report.check(
    'Prefer: wait=5 → a receipt that leads to the root of its checkpoint',
    leadsToRoot(receipt, registered.jws),
    true,
  );
  report.check(
    'of another token → it leads elsewhere',
    leadsToRoot(receipt, `${registered.jws.slice(0, -2)}AA`),
    false,
  );
}

/**
 * @param {string} receipt
 * @param {string} jws
 */
function leadsToRoot(receipt, jws) {
  const [proof = '', note = ''] = receipt.split(/\n\n(.*)/s);
  const [form, extra = '', place = '', ...hashes] = proof.split('\n');
  const [, size, root] = note.split('\n');
  const entry = Buffer.concat([Buffer.from(extra.replace('extra ', ''), 'base64'), Buffer.from(jws)]);
  const index = Number(place.replace('index ', ''));
  const path = hashes.map((hash) => Buffer.from(hash, 'base64'));
  const reached = rootOver(index, Number(size), sha256(Buffer.of(0), entry), path);
  return form === 'c2sp.org/tlog-proof@v1' && path.length === 0 && reached.toString('base64') === root;
}

/**
 * The root of a tree of `size` leaves, from one of them and the hashes beside its way up, which are taken away.
 * @param {number} index
 * @param {number} size
 * @param {Buffer} leaf
 * @param {Buffer[]} path
 * @returns {Buffer}
 */
function rootOver(index, size, leaf, path) {
  if (size <= 1) return leaf;
  const split = 2 ** Math.ceil(Math.log2(size) - 1);
  const sibling = path.pop() ?? Buffer.alloc(0);
  return index < split
    ? sha256(Buffer.of(1), rootOver(index, split, leaf, path), sibling)
    : sha256(Buffer.of(1), sibling, rootOver(index - split, size - split, leaf, path));
}

/** @param {Buffer[]} parts */
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** @param {string} part */
const jsonOf = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
