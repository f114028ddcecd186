// Tokens that come in another order than they were signed: what is early waits, and the end is the same (section 4).
import { shipmentVia } from '../cast.js';
import { newKey } from '../keys.js';
import { fateOf, findingsOf, handsOf } from '../looks.js';

/** @typedef {import('../cast.js').Cast} Cast */

/** @param {Cast} cast */
export async function checkOrder(cast) {
  await checkHalves(cast);
  await checkEnrolment(cast);
}

/** The taker's half is recorded before the releaser's. @param {Cast} cast */
async function checkHalves(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });
  const accepted = shipment.line(courier, 'accepted', { cond: 'ok' });

  await system.batch('courier', [registered.jws, accepted.jws]);
  await report.eventually('accepted without its release → recorded', fateOf(cast, accepted.tid), 'recorded');
  await report.eventually(
    'accepted without its release → a gap, nothing moved',
    async () => {
      const { state } = await system.chain(sub);
      return [state.gaps, state.status, state.holder];
    },
    [[accepted.tid], 'prepared', sender.id],
  );

  await system.post('courier', released.jws);
  const moved = `in-custody ${courier.id} ${courier.id}`;
  await report.eventually('the release after its acceptance → the same hands', handsOf(cast, sub), moved);
  const { gaps, disputed, head, seq, offer } = (await system.chain(sub)).state;
  report.check(
    'the release after its acceptance → the same state',
    { gaps, disputed, head, seq, offer },
    { gaps: [], disputed: [], head: accepted.tid, seq: 2, offer: null },
  );
  const none = { [registered.tid]: [], [released.tid]: [], [accepted.tid]: [] };
  report.check('the release after its acceptance → no finding', await findingsOf(cast, sub)(), none);
}

/** A phone signs before the registry knows it. @param {Cast} cast */
async function checkEnrolment(cast) {
  const { report, system, sender, courier } = cast;
  const phone = newKey('ES256');
  const shipment = shipmentVia(cast, [courier]);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });
  const accepted = shipment.line(courier, 'accepted', { cond: 'ok' }, phone);
  await system.batch('courier', [registered.jws, released.jws, accepted.jws]);
  await report.eventually('the token before one of an unknown key → recorded', fateOf(cast, released.tid), 'recorded');
  await report.eventually('a token of an unknown key → pending', fateOf(cast, accepted.tid), 'pending');
  const waiting = await system.chain(sub);
  report.check('a token of an unknown key → not in its chain yet', waiting.tokens.length, 2);

  const enrolled = courier.enrolled(phone);
  await system.post('registry', enrolled.jws);
  await report.eventually('its enrolment → recorded', fateOf(cast, enrolled.tid), 'recorded');
  await report.eventually('the token that waited → recorded', fateOf(cast, accepted.tid), 'recorded');
  const moved = `in-custody ${courier.id} ${courier.id}`;
  await report.eventually('the token that waited → moved the state', handsOf(cast, sub), moved);
  const [enrolment, acceptance] = await Promise.all([system.token(enrolled.tid), system.token(accepted.tid)]);
  report.check(
    'the token that waited → recorded after its enrolment',
    acceptance.recordedAt >= enrolment.recordedAt,
    true,
  );
}
