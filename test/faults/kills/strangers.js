// What a ledger cannot record at once: tokens of a key that is enrolled later, and tokens whose signature does not hold.
import { setTimeout as pause } from 'node:timers/promises';
import { RootHand, UnbrokenClient } from '@unbroken/sdk';
import { generateSigner, mintToken, newJti, proofOfPossession } from '@unbroken/tokens';
import { Backlog, tidOf } from '../../bench/backlog.js';
import { benchDevice } from '../../bench/parties.js';
import { SteadyLoad } from './steady-load.js';

const EACH = 20;
const LOTS = 2;

/** @typedef {'early' | 'enrolment' | 'forged'} Lot */
/** @typedef {{ token: string }} Token */

export class Strangers {
  /** Each lot's portions in the order in which they are given. */
  #portions;
  /** @type {Record<Lot, Token[]>} */
  #given = { early: [], enrolment: [], forged: [] };
  /** @type {Promise<void>[]} */
  #posting = [];

  /** @param {Record<Lot, Token[][]>} portions */
  constructor(portions) {
    this.#portions = portions;
  }

  /** @param {string} url of a development hub @param {Backlog} backlog of parties that it knows */
  static async prepare(url, backlog) {
    const client = new UnbrokenClient({ url });
    const [{ signer: root }, { signer: next }] = await Promise.all([generateSigner('ES256'), generateSigner('ES256')]);
    const { id: party } = await benchDevice('late');
    const hand = new RootHand({ client, party, signer: root, now: Date.now });
    await hand.establish({ name: 'Bench late', roles: ['sender'], next: next.kid });
    while (!(await client.party(party).catch(() => undefined))?.admitted) await pause(20);
    // The party's chain holds what established it, and nothing since.
    const [opening] = (await client.chain(party)).tokens;
    let head = opening?.tid;
    let seq = 0;
    /** @type {Record<Lot, Token[][]>} */
    const portions = { early: [], enrolment: [], forged: [] };
    for (let lot = 0; lot < LOTS; lot += 1) {
      const late = await benchDevice('late');
      const { device } = late;
      const pop = await proofOfPossession(device, party, root.kid);
      const claims = { iss: party, sub: party, jti: newJti(), iat: Math.floor(Date.now() / 1000), evt: 'enrolled' };
      seq += 1;
      const place = { prev: head, seq };
      const more = { jwk: device.jwk, pop, use: 'device', roles: ['sender'] };
      const token = await mintToken({ ...claims, ...place, ...more }, root);
      head = tidOf(token);
      portions.enrolment.push([{ token }]);
      portions.early.push(new Backlog(late, [], late).register(EACH).tokens);
      portions.forged.push(
        backlog.register(EACH).tokens.map(({ token }) => ({ token: `${token.slice(0, -8)}AAAAAAAA` })),
      );
    }
    return new Strangers(portions);
  }

  /** Posts the next portion, again and again until it is taken. @param {Lot} lot @param {string} door of an intake */
  give(lot, door) {
    const portion = this.#portions[lot].shift();
    if (portion === undefined) throw new RangeError(`nothing is left of ${lot}`);
    this.#given[lot].push(...portion);
    const load = new SteadyLoad(door, portion);
    load.leave(Infinity);
    this.#posting.push(load.run());
  }

  /** Resolves when all that was given is taken. */
  async taken() {
    await Promise.all(this.#posting);
  }

  /** What must be in the log, and what in quarantine. */
  get given() {
    return { recorded: this.#given.early, refused: this.#given.forged };
  }
}
