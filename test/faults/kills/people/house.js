// Every service in one process that can be killed, with a sender, parcels of every kind that people without keys have to do
// with, and a gateway that takes the messages of codes.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { allServices, freePort } from '@unbroken/local';
import { UnbrokenClient } from '@unbroken/sdk';
import { longestAccessSeconds, mintAccess } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { Backlog } from '../../../bench/backlog.js';
import { ground } from '../../../bench/ground.js';
import { benchParty } from '../../../bench/parties.js';
import { Killable } from '../killable.js';

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 20;

export class PeopleHouse {
  #sources = 0;

  /**
   * @param {import('../../../bench/ground.js').Ground} ground @param {Killable} services
   * @param {import('../../../bench/parties.js').BenchParty} sender @param {SmsGateway} sms
   */
  constructor(ground, services, sender, sms) {
    this.ground = ground;
    this.services = services;
    this.sender = sender;
    this.sms = sms;
    this.client = new UnbrokenClient({ url: services.url });
    this.backlog = new Backlog(sender, [], sender);
  }

  /** @param {string | undefined} data where everything is kept, emptied first */
  static async open(data) {
    const house = await ground({ folder: data });
    const sms = await SmsGateway.open();
    const secret = join(house.state.root, 'sms-secret');
    writeFileSync(secret, `whsec_${randomBytes(24).toString('base64')}\n`, { mode: 0o600 });
    const port = await freePort();
    const services = new Killable(house, 'services', 'services', port);
    const part = allServices(house.settings, port);
    services.part = {
      ...part,
      launch: () => {
        const launch = part.launch();
        return { ...launch, env: { ...launch.env, UNBROKEN_SMS_URL: sms.url, UNBROKEN_SMS_SECRET: secret } };
      },
    };
    try {
      services.spawn();
      await services.ready();
      return new PeopleHouse(house, services, await benchParty(services.url, 'sender', 'sender'), sms);
    } catch (error) {
      await services.stop();
      await house.stop();
      throw error;
    }
  }

  async close() {
    await this.services.stop();
    await this.ground.stop();
    await this.sms.close();
  }

  /** Registered, and known to those who deal with it. @param {object} [claims] @returns {Promise<import('../../../bench/backlog.js').Open>} */
  async parcel(claims) {
    const { open, tokens } = this.backlog.register(1, claims);
    await this.post(tokens);
    const [one] = open;
    if (one === undefined) throw new RangeError('one was asked for');
    const known = 'SELECT count(*) FROM receiver.chain_history WHERE sub = $1';
    await until('the parcel to be known', async () => (await this.count(known, [one.sub])) > 0);
    return one;
  }

  /** @param {readonly { token: string }[]} tokens */
  async post(tokens) {
    const { status } = await this.ask('/sender/v1/tokens', { tokens: tokens.map(({ token }) => token) });
    if (status !== 202) throw new Error(`the tokens were answered ${status}`);
  }

  /** A sender's own access, for `scope`. @param {import('@unbroken/tokens').AccessScope} scope */
  async bearer(scope) {
    const { deployment: aud } = await this.client.trust();
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + longestAccessSeconds;
    return {
      authorization: `Bearer ${await mintAccess({ iss: this.sender.id, aud, scope, iat, exp }, this.sender.device)}`,
    };
  }

  /**
   * One request, not repeated; from a source of its own, for strangers may not ask often.
   * @param {string} path @param {object} [body] @param {Record<string, string>} [headers]
   * @returns {Promise<{ status: number, body: any }>} status 0: no answer
   */
  async ask(path, body, headers = {}) {
    this.#sources += 1;
    const more = { 'x-forwarded-for': `198.51.100.${this.#sources}`, 'content-type': 'application/json', ...headers };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    try {
      const answer = await fetch(`${this.services.url}${path}`, { headers: more, ...sent });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: undefined };
    }
  }

  /** @param {string} text @param {unknown[]} [values] @returns {Promise<number>} what the one row's one column counts */
  async count(text, values = []) {
    const [row] = await this.ground.query(text, values);
    return Number(Object.values(row ?? {})[0]);
  }

  /** How many tokens of this kind the shipment has in the log. @param {string} sub @param {string} evt */
  async recorded(sub, evt) {
    const rows = await this.ground.query('SELECT token FROM ledger.entries WHERE sub = $1', [sub]);
    return rows.filter(({ token }) => parseTokenSync(String(token)).claims.evt === evt).length;
  }
}

/** Waits until it holds. @template T @param {string} what @param {() => Promise<T>} look @returns {Promise<NonNullable<T>>} what it answered */
export async function until(what, look) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** Takes the messages of codes as an SMS gateway does. */
class SmsGateway {
  /** @type {{ to: string, text: string }[]} */
  sent = [];
  #server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part) => (text += part));
    request.on('end', () => {
      this.sent.push(JSON.parse(text));
      response.writeHead(204).end();
    });
  });

  static async open() {
    const gateway = new SmsGateway();
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    return gateway;
  }

  get url() {
    return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.#server.address()).port}/`;
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
