// From the sender over the courier to the receiver, every step with two signatures, and nothing to find.
import { shipmentVia } from '../cast.js';
import { findingsOf, handsOf } from '../looks.js';
import { claimsOf, tokenId } from '../token.js';

/** @typedef {import('../cast.js').Cast} Cast @typedef {import('../token.js').Token} Token */

const RECORDED_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** @param {Cast} cast */
export async function checkHandoff(cast) {
  const { report, system, sender, courier, receiver } = cast;
  const shipment = shipmentVia(cast, [courier]);
  const there = { at: receiver.site, off: 0 };
  const sub = shipment.sub;
  const hands = handsOf(cast, sub);
  /** @type {Token[]} */
  const line = [];
  /** @param {import('../system.js').Door} door @param {Token} token */
  const post = async (door, token) => {
    line.push(token);
    await system.post(door, token.jws);
  };

  await post('sender', shipment.registered);
  await report.eventually('registered → prepared, with the sender', hands, `prepared ${sender.id} ${sender.id}`);

  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });
  await post('sender', released);
  await report.eventually('released → offered, still the sender', hands, `offered ${sender.id} ${sender.id}`);
  const { tid, from, to, mode } = (await system.chain(sub)).state.offer;
  report.check('released → the offer is open', [tid, from, to, mode], [released.tid, sender.id, courier.id, 'meet']);

  await post('courier', shipment.line(courier, 'accepted', { cond: 'ok' }));
  await report.eventually('accepted → in custody of the courier', hands, `in-custody ${courier.id} ${courier.id}`);

  await post('courier', shipment.line(courier, 'released', { to: receiver.id, mode: 'meet', ...there }));
  await report.eventually('released again → offered, still the courier', hands, `offered ${courier.id} ${courier.id}`);

  await post('receiver', shipment.line(receiver, 'accepted', { cond: 'ok', ...there }));
  await report.eventually('accepted by the consignee → arrived', hands, `arrived ${receiver.id} ${receiver.id}`);

  await post('receiver', shipment.line(receiver, 'confirmed', { pieces: 1, unopened: true }));
  await report.eventually('confirmed by the consignee → confirmed', hands, `confirmed ${receiver.id} ${receiver.id}`);

  await checkRecord(cast, sub, line);
}

/**
 * The chain as it stands when all is done.
 * @param {Cast} cast @param {string} sub @param {Token[]} line
 */
async function checkRecord(cast, sub, line) {
  const { report, system, receiver } = cast;
  const chain = await system.chain(sub);
  const { consignee, head, seq, offer, seals, pieces, closed, disputed, gaps } = chain.state;
  report.check('the chain → is that of the shipment id we derived', chain.sub, sub);
  report.check(
    'confirmed → the whole state',
    { consignee, head, seq, offer, seals, pieces, closed, disputed, gaps },
    {
      consignee: receiver.id,
      head: line.at(-1)?.tid,
      seq: 5,
      offer: null,
      seals: {},
      pieces: 1,
      closed: true,
      disputed: [],
      gaps: [],
    },
  );
  const tokens = /** @type {any[]} */ (chain.tokens);
  report.check(
    'the chain → our bytes, in the order of the line',
    tokens.map(({ token }) => token),
    line.map(({ jws }) => jws),
  );
  report.check(
    'token ids → the hash of the signing input',
    tokens.map(({ tid }) => tid),
    tokens.map(({ token }) => tokenId(token)),
  );
  const none = Object.fromEntries(line.map(({ tid }) => [tid, []]));
  report.check('nothing wrong → no finding', await findingsOf(cast, sub)(), none);
  report.check(
    'signed by enrolled devices → grade device',
    tokens.map(({ grade }) => grade),
    line.map(() => 'device'),
  );
  checkNumbering(cast, tokens);

  const { status, index, recordedAt, log } = await system.token(line[1]?.tid ?? '');
  const { [1]: second } = tokens;
  report.check(
    'a token asked for alone → as in its chain',
    [status, index, recordedAt, log, claimsOf(second.token).evt],
    ['recorded', second.index, second.recordedAt, second.log, 'released'],
  );
}

/** @param {Cast} cast @param {any[]} tokens */
function checkNumbering({ report, deployment }, tokens) {
  const ascending = (/** @type {any[]} */ values) => values.every((value, at) => at === 0 || value > values[at - 1]);
  report.check(
    'indexes → whole numbers, ascending',
    tokens.every(({ index }) => Number.isInteger(index) && index >= 0) && ascending(tokens.map(({ index }) => index)),
    true,
  );
  const times = tokens.map(({ recordedAt }) => recordedAt);
  report.check(
    'recordedAt → UTC with milliseconds, never decreasing',
    times.every((time) => RECORDED_AT.test(time)) && times.every((time, at) => at === 0 || time >= times[at - 1]),
    true,
  );
  report.check('log → one custody log', [...new Set(tokens.map(({ log }) => log))], [`${deployment}/custody/0`]);
}
