// Tokens of good form whose key or signature is wrong: taken at the door, refused by the ledger (section 2).
import { shipmentVia } from '../cast.js';
import { fateOf } from '../looks.js';
import { headerOf, mint, signed } from '../token.js';

/** @typedef {import('../cast.js').Cast} Cast */

/** @param {Cast} cast */
export async function checkSignatures(cast) {
  const { report, system, sender, courier } = cast;
  const shipment = shipmentVia(cast, [courier]);
  await system.post('sender', shipment.registered.jws);
  const claims = { to: courier.id, mode: 'meet' };
  const draft = () => shipment.claims(sender, 'released', claims);

  const flipped = withBitFlipped(mint(sender.device, draft()).jws);
  const others = signed(courier.device, headerOf(sender.device), { ...payloadOf(draft()) });
  const asCourier = mint(courier.device, draft());
  const otherAlg = signed(sender.device, { ...headerOf(sender.device), alg: 'Ed25519' }, { ...payloadOf(draft()) });

  await refused('one bit of the signature changed', flipped, 'token.signature');
  await refused('signed with another key than kid names', others, 'token.signature');
  await refused("the other party's key", asCourier, 'token.other-party');
  await refused("an alg that is not the key's", otherAlg, 'token.alg-key');

  const chain = await system.chain(shipment.sub);
  report.check(
    'refused tokens → not in the chain, the state unmoved',
    [chain.tokens.map((/** @type {any} */ { tid }) => tid), chain.state.status],
    [[shipment.registered.tid], 'prepared'],
  );

  /** @param {string} name @param {import('../token.js').Token} token @param {string} code */
  async function refused(name, { jws, tid }, code) {
    const { status, body } = await system.post('sender', jws);
    report.check(`${name} → of good form, so 202`, [status, body.tokens?.[0]?.tid], [202, tid]);
    await report.eventually(`${name} → refused ${code}`, fateOf(cast, tid), `refused ${code}`);
  }
}

/**
 * The claims that every token has, made once more for a token signed by hand.
 * @param {Record<string, unknown>} claims
 */
function payloadOf(claims) {
  return claims;
}

/** @param {string} jws */
function withBitFlipped(jws) {
  return { jws, tid: '' };
}
