// A token truly signed that says something not known here: kept, found, without effect (section 2).
import { shipmentVia } from '../cast.js';
import { fateOf } from '../looks.js';

/** @typedef {import('../cast.js').Cast} Cast @typedef {import('../token.js').Token} Token */

/** @param {Cast} cast */
export async function checkMalformed(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });
  await system.batch('sender', [registered.jws, released.jws]);
  await report.eventually('released before it → recorded', fateOf(cast, released.tid), 'recorded');

  const { head, seq } = shipment;
  /** @param {string} evt @param {Record<string, unknown>} claims */
  const wrong = (evt, claims) => {
    Object.assign(shipment, { head, seq });
    return shipment.line(courier, evt, claims);
  };
  const unknownClaim = wrong('accepted', { cond: 'ok', colour: 'red' });
  const missingClaim = wrong('accepted', {});
  const wrongType = wrong('accepted', { cond: 7 });
  const unknownEvent = wrong('teleported', {});
  const wrongSeq = wrong('accepted', { cond: 'ok', seq: 7 });

  await found('an unknown claim', unknownClaim, 'malformed');
  await found('a claim missing', missingClaim, 'malformed');
  await found('a claim of the wrong type', wrongType, 'malformed');
  await found('an event not known', unknownEvent, 'malformed');
  await found('a wrong seq, so malformed in context', wrongSeq, 'recorded');

  const { state } = await system.chain(sub);
  report.check(
    'malformed tokens → the state unmoved',
    [state.status, state.holder, state.responsible, state.head, state.seq, state.offer?.tid, state.disputed],
    ['offered', sender.id, sender.id, released.tid, 1, released.tid, []],
  );

  /** @param {string} name @param {Token} token @param {string} fate */
  async function found(name, { jws, tid }, fate) {
    await system.post('courier', jws);
    await report.eventually(`${name} → ${fate}`, fateOf(cast, tid), fate);
    await report.eventually(
      `${name} → finding token.malformed in the chain`,
      async () => {
        const { tokens } = await system.chain(sub);
        return tokens.find((/** @type {any} */ token) => token.tid === tid).findings;
      },
      ['token.malformed'],
    );
  }
}
