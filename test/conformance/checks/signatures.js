// Tokens of good form whose key or signature is wrong: taken at the door, refused by the ledger (section 2).
import { shipmentVia } from '../cast.js';
import { fateOf } from '../looks.js';
import { headerOf, mint, signed, stamped } from '../token.js';

/** @typedef {import('../cast.js').Cast} Cast @typedef {import('../token.js').Token} Token */

/** @param {Cast} cast */
export async function checkSignatures(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  await system.post('sender', shipment.registered.jws);
  await report.eventually('a registration before them → recorded', fateOf(cast, shipment.registered.tid), 'recorded');

  const released = () => stamped(shipment.claims(sender, 'released', { to: courier.id, mode: 'meet' }));
  const header = headerOf(sender.device);
  /** @type {[name: string, token: Token, code: string][]} */
  const wrong = [
    ['one bit of an ES256 signature changed', oneBitOff(mint(sender.device, released())), 'token.signature'],
    ['signed with another key than kid names', signed(courier.device, header, released()), 'token.signature'],
    ["the other party's key", mint(courier.device, released()), 'token.other-party'],
    ["an alg that is not the key's", signed(sender.device, { ...header, alg: 'Ed25519' }, released()), 'token.alg-key'],
  ];
  for (const [name, { jws, tid }, code] of wrong) {
    const { status, body } = await system.post('sender', jws);
    report.check(`${name} → of good form, so 202`, [status, body.tokens?.[0]?.tid], [202, tid]);
    await report.eventually(`${name} → refused ${code}`, fateOf(cast, tid), `refused ${code}`);
  }

  const { tokens, state } = await system.chain(shipment.sub);
  report.check(
    'refused tokens → not in the chain, its state unmoved',
    [tokens.map((/** @type {any} */ { tid }) => tid), state.status],
    [[shipment.registered.tid], 'prepared'],
  );
}

/**
 * @param {Token} token
 * @returns {Token}
 */
function oneBitOff({ jws, tid }) {
  const [header, payload, signature = ''] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  return { jws: `${header}.${payload}.${bytes.toString('base64url')}`, tid };
}
