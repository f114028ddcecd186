// Every error is an RFC 9457 problem with a stable code, whoever answers (section 8).
import { hashOf } from '../keys.js';
import { shipmentId } from '../shipment-id.js';
import { newJti } from '../token.js';

/** @typedef {import('../system.js').Answer} Answer */

/** @param {import('../cast.js').Cast} cast */
export async function checkErrors({ report, system, sender }) {
  const nobody = `nobody-${sender.id}`;
  const nothing = shipmentId(sender.id, newJti());

  shape('an unknown path', await system.get('/ledger/v1/nowhere'), 404);
  shape('an unknown token', await system.get(`/ledger/v1/tokens/${hashOf(nothing)}`), 404);
  shape('an unknown chain', await system.get(`/ledger/v1/chains/${nothing}`), 404);
  shape('an unknown party', await system.get(`/registry/v1/parties/${nobody}`), 404);
  shape('text where a token belongs', await system.send('courier', 'text/plain', 'hello'), 415);
  shape('a body that is no JSON', await system.send('courier', 'application/json', '{'), 400);

  /** @param {string} name @param {Answer} answer @param {number} expected */
  function shape(name, { status, type, body }, expected) {
    const seen = [status, type, body.status, ...['title', 'detail', 'code'].map((member) => typeof body[member])];
    const problem = [expected, 'application/problem+json', expected, 'string', 'string', 'string'];
    report.check(`${name} → ${expected} as a problem with a code`, seen, problem);
  }
}
