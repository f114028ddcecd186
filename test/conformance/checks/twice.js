// The same token more than once, and waiting for its record: one entry, one answer (sections 2, 7 and 8).
import { shipmentVia } from '../cast.js';
import { fateOf } from '../looks.js';

/** @typedef {import('../cast.js').Cast} Cast */

/** The order of P-256's group (FIPS 186-5, SP 800-186 section 3.2.1.3). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** How many fresh tokens may be waited for in vain: a busy machine may take longer than a client waits. */
const ATTEMPTS = 4;

/** @param {Cast} cast */
export async function checkTwice(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  const { registered, sub } = shipment;

  const first = await system.post('sender', registered.jws);
  const again = await system.post('sender', registered.jws);
  report.check('the same bytes again → the same answer', [again.status, again.body], [first.status, first.body]);

  const twin = await system.post('sender', twinOf(registered.jws));
  report.check('the (r, n−s) twin → the same token id', twin.body.tokens?.[0]?.tid, registered.tid);
  await system.post('courier', registered.jws);
  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });
  await system.post('sender', released.jws);
  await report.eventually('the next token after them → recorded', fateOf(cast, released.tid), 'recorded');
  const { tokens } = await system.chain(sub);
  report.check(
    'twice, by another door and its twin → recorded once, the first bytes',
    tokens.map((/** @type {any} */ { token }) => token),
    [registered.jws, released.jws],
  );
  const late = await system.post('sender', registered.jws);
  report.check(
    'the same bytes after the record → the same answer',
    [late.status, late.body],
    [first.status, first.body],
  );
  await checkWaiting(cast);
}

/** @param {Cast} cast */
async function checkWaiting(cast) {
  const { report, system } = cast;
  const wait = { prefer: 'wait=5' };
  let { registered } = shipmentVia(cast, []);
  let answer = await system.post('sender', registered.jws, wait);
  for (let attempt = 1; attempt < ATTEMPTS && answer.status === 202; attempt += 1) {
    ({ registered } = shipmentVia(cast, []));
    answer = await system.post('sender', registered.jws, wait);
  }
  const [told = {}] = answer.body.tokens ?? [];
  const { index } = await system.token(registered.tid);
  report.check(
    'Prefer: wait=5 → 200 with the index of the record',
    [answer.status, told.tid, told.index],
    [200, registered.tid, index],
  );
}

/**
 * The other ES256 signature that verifies wherever this one does.
 * @param {string} jws
 */
function twinOf(jws) {
  const [header, payload, signature = ''] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const s = P256_ORDER - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  const twin = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
  return `${header}.${payload}.${twin.toString('base64url')}`;
}
