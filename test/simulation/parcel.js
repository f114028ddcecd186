// One parcel's chain as the log would hold it: well-formed tokens in the order they are told, each with when it was recorded.

import { createHash } from 'node:crypto';
import { readClaims } from '@unbroken/custody';
import { shipmentId } from '@unbroken/tokens';
import { couriers, mandates, senders } from './country.js';

const DEPLOYMENT = 'simulation';
const LINE = new Set([
  'registered',
  'sealed',
  'released',
  'withdrawn',
  'accepted',
  'refused',
  'confirmed',
  'voided',
  'opened',
]);

/** @typedef {import('@unbroken/custody').RecordedToken} RecordedToken */

let made = 0;
const hash = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64url');
const jti = () =>
  createHash('sha256')
    .update(`jti ${(made += 1)}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
const CONTENTS = hash('contents');

const rolesOf = (/** @type {string} */ party) =>
  senders.includes(party)
    ? ['sender']
    : couriers.includes(party)
      ? ['courier']
      : party === 'finder-desk'
        ? ['finder-desk']
        : ['receiver'];

export class Parcel {
  /** @type {RecordedToken[]} */
  tokens = [];
  /** @type {{ tid: string, seq: number }} */
  head = { tid: '', seq: -1 };
  pieces = 1;

  /** @param {string} sender @param {{ to: string, via: string[] }} route */
  constructor(sender, route) {
    this.sender = sender;
    this.to = route.to;
    this.via = route.via;
    this.opening = jti();
    this.sub = shipmentId(/** @type {any} */ (sender), /** @type {any} */ (this.opening));
  }

  /**
   * Says it at `iat`; `recorded`, `drift`, `key`, `person`, `use` and `after` are what is known of the token beside its claims.
   * @param {string} evt @param {string} iss @param {number} iat
   * @param {Record<string, unknown>} [claims]
   * @param {{ recorded?: number, drift?: number, key?: 'good' | 'suspect' | 'revoked', person?: string, use?: 'device' | 'gateway', after?: { tid: string, seq: number } }} [more]
   * @returns {{ tid: string, seq: number }}
   */
  say(evt, iss, iat, claims = {}, more = {}) {
    const isLine = LINE.has(evt);
    const on = more.after ?? this.head;
    const seq = on.seq + 1;
    const place = evt === 'registered' ? { seq: 0 } : { prev: on.tid, ...(isLine && { seq }) };
    const said = {
      iss,
      sub: this.sub,
      jti: evt === 'registered' ? this.opening : jti(),
      iat,
      evt,
      ...place,
      ...claims,
    };
    const read = readClaims(said, DEPLOYMENT);
    if (read.chain !== 'shipment') throw new Error(`${evt} is malformed: ${JSON.stringify(read)}`);
    const tid = hash(JSON.stringify(said));
    const { recorded = iat + 1, drift, key = 'good', use = 'device', person = `clerk-of-${iss}` } = more;
    this.tokens.push(
      /** @type {any} */ ({
        tid,
        kid: hash(`key of ${iss} ${use} ${person}`),
        index: this.tokens.length,
        recordedAt: recorded * 1000,
        registrySize: 100,
        claims: read.claims,
        standing: { use, roles: rolesOf(iss), key, ...(use === 'device' && { person }) },
        mandates: mandates.filter((mandate) => mandate.to === iss || mandate.to === claims['to']),
        ...(drift !== undefined && { drift }),
      }),
    );
    const told = { tid, seq };
    if (isLine) this.head = told;
    return told;
  }

  /** @param {number} iat @param {Record<string, unknown>} claims */
  register(iat, claims) {
    const { pieces = 1 } = /** @type {{ pieces?: number }} */ (claims);
    this.pieces = pieces;
    return this.say('registered', this.sender, iat, {
      aud: DEPLOYMENT,
      kind: 'physical',
      to: this.to,
      via: this.via,
      contents: CONTENTS,
      due: iat + 14 * 86_400,
      pieces,
      policy: CONTENTS,
      ...claims,
    });
  }

  /** A hand-off face to face. @param {string} from @param {string} to @param {number} iat @param {{ release?: object, accept?: object, by?: string }} [more] */
  handOff(from, to, iat, { release = {}, accept = {}, by = to } = {}) {
    this.say('released', from, iat, { to, mode: 'meet', ...release });
    return this.say('accepted', by, iat + 120, { cond: 'ok', ...accept });
  }
}
