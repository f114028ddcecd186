// A shipment's line as its parties write it: each token names the one before (section 3).
import { hashOf } from './keys.js';
import { shipmentId } from './shipment-id.js';
import { mint, newJti, seconds } from './token.js';

/** @typedef {import('./party.js').Party} Party @typedef {import('./token.js').Token} Token */

const DAY = 86_400;

export class Shipment {
  /**
   * @param {{ deployment: string, sender: Party, to: Party, via: Party[] }} of
   */
  constructor({ deployment, sender, to, via }) {
    const jti = newJti();
    this.sub = shipmentId(sender.id, jti);
    this.registered = mint(sender.device, {
      iss: sender.id,
      sub: this.sub,
      jti,
      evt: 'registered',
      seq: 0,
      aud: deployment,
      kind: 'physical',
      to: to.id,
      via: via.map(({ id }) => id),
      contents: hashOf('what only the sender knows'),
      class: 'internal',
      enc: { how: 'none' },
      due: seconds() + 7 * DAY,
      pieces: 1,
      policy: hashOf('a policy that the sender never signed: the default one binds'),
    });
    this.head = this.registered.tid;
    this.seq = 0;
  }

  /**
   * Signs the next line token with the party's device.
   * @param {Party} party
   * @param {string} evt
   * @param {Record<string, unknown>} claims
   * @param {import('./keys.js').Key} [key] another key of the party
   * @returns {Token}
   */
  line(party, evt, claims, key = party.device) {
    const token = mint(key, this.claims(party, evt, claims));
    this.head = token.tid;
    this.seq += 1;
    return token;
  }

  /**
   * What the next line token would say; signing it elsewhere does not move this line.
   * @param {Party} party
   * @param {string} evt
   * @param {Record<string, unknown>} claims
   */
  claims(party, evt, claims) {
    return { iss: party.id, sub: this.sub, evt, prev: this.head, seq: this.seq + 1, ...claims };
  }
}
