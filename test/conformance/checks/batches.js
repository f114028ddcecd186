// Several tokens in one request: one bad token costs the others nothing, and is named (section 8).
import { shipmentVia } from '../cast.js';
import { fateOf, handsOf } from '../looks.js';

/** @param {import('../cast.js').Cast} cast */
export async function checkBatches(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  const { registered, sub } = shipment;
  const released = shipment.line(sender, 'released', { to: courier.id, mode: 'meet' });

  const { status, body } = await system.batch('sender', [registered.jws, `${released.jws}==`, released.jws]);
  report.check('a batch with one bad envelope → 202', status, 202);
  report.check('a batch with one bad envelope → the bad one named by its problem, in its place', outcomes(body), [
    registered.tid,
    'token.base64url',
    released.tid,
  ]);
  await report.eventually('the good ones of that batch → recorded', fateOf(cast, released.tid), 'recorded');
  const offered = `offered ${sender.id} ${sender.id}`;
  await report.eventually('the good ones of that batch → moved the state', handsOf(cast, sub), offered);

  const noneKept = await system.batch('sender', [`${registered.jws}==`]);
  report.check('a batch of bad envelopes only → 422', noneKept.status, 422);
  problem('bad envelopes only', noneKept);
  const tooMany = Array.from({ length: 501 }, () => registered.jws);
  problem('501 tokens', await system.batch('sender', tooMany));
  const unknownMember = JSON.stringify({ tokens: [registered.jws], colour: 'red' });
  problem('an unknown member beside them', await system.send('sender', 'application/json', unknownMember));

  /** @param {string} name @param {import('../system.js').Answer} answer */
  function problem(name, answer) {
    const seen = [answer.status >= 400 && answer.status < 500, answer.type, typeof answer.body.code];
    report.check(`${name} → a problem`, seen, [true, 'application/problem+json', 'string']);
  }
}

/**
 * For each token the code it was refused with, else its id.
 * @param {any} body
 */
function outcomes({ tokens }) {
  return tokens.map((/** @type {any} */ { tid, refused }) => refused?.code ?? tid);
}
