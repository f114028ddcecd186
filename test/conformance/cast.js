// Who plays, and where: three parties with ids and keys of this run only, known to the system before anything moves.
import { randomBytes } from 'node:crypto';
import { Party } from './party.js';
import { Shipment } from './shipment.js';

const PATIENCE_MS = 30_000;
const POLL_MS = 100;

/**
 * @typedef {object} Cast
 * @property {import('./system.js').System} system
 * @property {import('./report.js').Report} report
 * @property {string} deployment
 * @property {{ party: string, kid: string }} operator
 * @property {Party} sender
 * @property {Party} courier
 * @property {Party} receiver
 */

/**
 * The cast before it is known to anybody. Both algorithms sign for a root and for a device.
 * @param {import('./system.js').System} system
 * @param {import('./report.js').Report} report
 * @returns {Promise<Cast>}
 */
export async function assemble(system, report) {
  const { deployment, operator } = await policyOf(system);
  const run = randomBytes(4).toString('hex');
  return {
    system,
    report,
    deployment,
    operator,
    sender: new Party(`ministry-${run}`, 'sender', { root: 'Ed25519', device: 'ES256' }),
    courier: new Party(`courier-${run}`, 'courier', { root: 'ES256', device: 'Ed25519' }),
    receiver: new Party(`registry-${run}`, 'receiver', { root: 'Ed25519', device: 'ES256' }),
  };
}

/**
 * The trust policy with its operator's key, which a hub that has just started may not have recorded yet.
 * @param {import('./system.js').System} system
 */
async function policyOf(system) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const { body } = await system.get('/ledger/v1/trust');
    if (body.operator.kid !== null || performance.now() > end) return body;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * A shipment from the sender to the receiver.
 * @param {Cast} cast
 * @param {Party[]} via couriers of its route
 */
export function shipmentVia({ deployment, sender, receiver }, via) {
  return new Shipment({ deployment, sender, to: receiver, via });
}
