// How long it takes from a wrong pair of hands to the alarm: POST of an `accepted` by a party that the parcel is not for,
// until the ledger shows it recorded, until GET /alerts/v1/alerts shows the alert, and until the POST itself, which prefers
// to wait for it, is answered with a receipt. First at idle, then with hand-offs
// passing through at half the rate that the same house has just shown it can take. Each service in its own process.
import { setTimeout as pause } from 'node:timers/promises';
import { Backlog, HANDOFFS_PER_CHAIN, post, tidOf } from './backlog.js';
import { cpuBetween, used } from './cpu.js';
import { ground } from './ground.js';
import { benchParty } from './parties.js';
import { progressOf } from './progress.js';
import { quantiles } from './quantiles.js';

/** At idle; under load, where looking takes from what is looked at, a tenth as often. */
const LOOK_EVERY_MS = 3;
const LOOK_LOADED_MS = 30;
const GIVE_UP_MS = 30_000;
const WARM_UP = 20;
/** Told apart: services that have had nothing to do meet the whole load with code that is not compiled yet. */
const FIRST_SECONDS = 15;
/** Hand-offs a second are sent in this many portions, as couriers' uploads come. */
const PORTIONS = 20;

/** @param {{ seconds?: string, rate?: string }} options rate: hand-offs a second; half of what is measured if left out */
export async function run({ seconds: wanted = '120', rate: asked }) {
  const seconds = Number(wanted);
  const house = await ground();
  try {
    const { services: hub = '' } = await house.start('services');
    const backlog = await Backlog.parties(hub);
    const stranger = await benchParty(hub, 'stranger', 'receiver');
    await house.stopServices();

    const drainRate = asked === undefined ? await measuredRate(house, backlog) : 2 * Number(asked);
    const half = Math.round(drainRate / 2);
    const urls = await house.start('registry', 'alerts', 'dashboard', 'ledger', 'receiver');
    const probes = new Probes(house, backlog, stranger, {
      alerts: urls['alerts'] ?? '',
      ledger: urls['ledger'] ?? '',
      door: urls['receiver'] ?? '',
    });
    await probes.take(WARM_UP);
    const idle = await probes.during(seconds);
    probes.lookEveryMs = LOOK_LOADED_MS;
    const prepared = await handOffsFor(house, backlog, half * (FIRST_SECONDS + seconds + 5));
    const before = used();
    const load = passing(house, prepared, half);
    const first = await probes.during(FIRST_SECONDS);
    const loaded = await probes.during(seconds);
    await load;
    const passed = prepared.length / 2;
    const cpuUsPerHandOff = Object.fromEntries(
      Object.entries(cpuBetween(before, used())).map(([part, us]) => [part, Math.round(us / passed)]),
    );
    const rate = { handOffsPerSecond: half, seconds };
    const result = { ...rate, idle: told(idle), first: told(first), loaded: told(loaded), cpuUsPerHandOff };
    console.table({
      'idle, recorded': result.idle.recorded,
      'idle, receipt': result.idle.receipt,
      'idle, alert': result.idle.alert,
      [`first ${FIRST_SECONDS} s of load, recorded`]: result.first.recorded,
      [`first ${FIRST_SECONDS} s of load, alert`]: result.first.alert,
      'loaded, recorded': result.loaded.recorded,
      'loaded, receipt': result.loaded.receipt,
      'loaded, alert': result.loaded.alert,
    });
    console.table({ 'µs of CPU a passing hand-off': cpuUsPerHandOff });
    return result;
  } finally {
    await house.stop();
  }
}

/** Hand-offs a second that the house drains. @param {import('./ground.js').Ground} house @param {Backlog} backlog */
async function measuredRate(house, backlog) {
  const { open, tokens: openings } = backlog.register(6_000);
  const progress = await progressOf(house);
  await post(house.brokers, openings);
  const handOffs = [...backlog.handOffs(open)];
  await post(house.brokers, handOffs);
  await house.start('alerts', 'dashboard', 'ledger');
  await progress.allRecorded(openings.length);
  const begun = performance.now();
  const before = await progress.recorded();
  const all = openings.length + handOffs.length;
  await progress.allHeard(all, ['alerts', 'dashboard']);
  const perSecond = (all - before) / 2 / ((performance.now() - begun) / 1000);
  await progress.close();
  await house.stopServices();
  return perSecond;
}

/** Signed, their chains opened and recorded, so that nothing but posting is left. @param {import('./ground.js').Ground} house @param {Backlog} backlog @param {number} handOffs */
async function handOffsFor(house, backlog, handOffs) {
  const { open, tokens: openings } = backlog.register(Math.ceil(handOffs / HANDOFFS_PER_CHAIN));
  const tokens = [...backlog.handOffs(open)];
  const progress = await progressOf(house);
  const before = await progress.recorded();
  await post(house.brokers, openings);
  await progress.allHeard(before + openings.length, ['alerts', 'dashboard']);
  await progress.close();
  return tokens;
}

/** Posts at a steady rate. @param {import('./ground.js').Ground} house @param {readonly import('./backlog.js').Keyed[]} tokens @param {number} perSecond hand-offs */
async function passing(house, tokens, perSecond) {
  const portion = Math.ceil((perSecond * 2) / PORTIONS);
  const begun = performance.now();
  for (let at = 0; at < tokens.length; at += portion) {
    await post(house.brokers, tokens.slice(at, at + portion));
    const due = begun + ((at + portion) / (perSecond * 2)) * 1000;
    await pause(Math.max(0, due - performance.now()));
  }
}

/** @typedef {{ receipt: number, recorded: number, alert: number }} Taken milliseconds */

class Probes {
  #house;
  #backlog;
  #stranger;
  #urls;
  lookEveryMs = LOOK_EVERY_MS;

  /**
   * @param {import('./ground.js').Ground} house
   * @param {Backlog} backlog
   * @param {import('./parties.js').BenchParty} stranger
   * @param {{ alerts: string, ledger: string, door: string }} urls
   */
  constructor(house, backlog, stranger, urls) {
    this.#house = house;
    this.#backlog = backlog;
    this.#stranger = stranger;
    this.#urls = urls;
  }

  /** One after another for so long. @param {number} seconds */
  async during(seconds) {
    const end = performance.now() + seconds * 1000;
    const taken = [];
    while (performance.now() < end) taken.push(...(await this.take(50, end)));
    return taken;
  }

  /** @param {number} count @param {number} [end] */
  async take(count, end = Infinity) {
    const { open, tokens } = this.#backlog.register(count);
    const offered = [...this.#backlog.offers(open)];
    await post(this.#house.brokers, [...tokens, ...offered]);
    const taken = [];
    for (const chain of open) {
      if (performance.now() > end) break;
      await this.#shown(
        async () => (await this.#get(`${this.#urls.ledger}/ledger/v1/tokens/${chain.head}`)).status === 'recorded',
      );
      taken.push(await this.#alarmed(chain));
    }
    return taken;
  }

  /** @param {import('./backlog.js').Open} chain offered to a courier @returns {Promise<Taken>} ms */
  async #alarmed({ sub, head, seq }) {
    const token = this.#stranger.mint({
      sub,
      iat: Math.floor(Date.now() / 1000),
      evt: 'accepted',
      prev: head,
      seq: seq + 1,
      cond: 'ok',
    });
    const begun = performance.now();
    const since = async (/** @type {Promise<unknown>} */ shown) => {
      await shown;
      return performance.now() - begun;
    };
    const [receipt, recorded, alert] = await Promise.all([
      since(this.#receipt(token)),
      since(
        this.#shown(
          async () => (await this.#get(`${this.#urls.ledger}/ledger/v1/tokens/${tidOf(token)}`)).status === 'recorded',
        ),
      ),
      since(
        this.#shown(async () => {
          const { alerts = [] } = await this.#get(`${this.#urls.alerts}/alerts/v1/alerts?sub=${sub}`);
          return alerts.some((/** @type {{ code: string }} */ { code }) => code === 'misdelivery.wrong-party');
        }),
      ),
    ]);
    return { receipt, recorded, alert };
  }

  /** Posts it, and waits for its receipt with the same request. @param {string} token */
  async #receipt(token) {
    const answer = await fetch(`${this.#urls.door}/receiver/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/jwt', prefer: `wait=${GIVE_UP_MS / 1000}` },
      body: token,
    });
    if (answer.status !== 200) throw new Error(`no receipt within ${GIVE_UP_MS} ms: ${answer.status}`);
  }

  /** @param {() => Promise<boolean>} look */
  async #shown(look) {
    const end = performance.now() + GIVE_UP_MS;
    while (!(await look().catch(() => false))) {
      if (performance.now() > end) throw new Error(`not shown within ${GIVE_UP_MS} ms`);
      await pause(this.lookEveryMs);
    }
  }

  /** @param {string} url @returns {Promise<any>} */
  async #get(url) {
    return (await fetch(url)).json();
  }
}

/** @param {readonly Taken[]} taken */
const told = (taken) => ({
  probes: taken.length,
  recorded: quantiles(taken.map(({ recorded }) => recorded)),
  receipt: quantiles(taken.map(({ receipt }) => receipt)),
  alert: quantiles(taken.map(({ alert }) => alert)),
});
