// A month of parcels, and the account of it: was anything raised that should not be, was anything missed, and how much of
// it comes to whom on which day.

import { END, dateOf, parties } from './country.js';
import { Chance } from './chance.js';
import { raisedOf } from './judged.js';
import { live } from './lives.js';
import { troubles } from './troubles.js';

const kinds = /** @type {(keyof typeof troubles)[]} */ (Object.keys(troubles));

/** @typedef {{ trouble: string | null, raised: string[], expected: readonly string[], sub: string }} Odd */

/**
 * @param {{ shipments: number, troubled: number, seed: number }} how `troubled`: of a hundred
 */
export function month({ shipments, troubled, seed }) {
  const chance = new Chance(seed);
  const load = new Load();
  /** @type {Odd[]} */
  const odd = [];
  const count = {
    shipments,
    tokens: 0,
    troubled: 0,
    alerts: 0,
    misdelivered: 0,
    misdeliveriesRaised: 0,
    misdeliveriesFalse: 0,
    misdeliveriesMissed: 0,
  };
  /** @type {Map<string, number>} */
  const told = new Map();
  for (let no = 0; no < shipments; no += 1) {
    // In turn, so that every kind comes about equally often however small the month is.
    const trouble = chance.happens(troubled / 100)
      ? /** @type {(typeof kinds)[number]} */ (kinds[count.troubled % kinds.length])
      : null;
    const parcel = live(chance, trouble);
    const alerts = raisedOf(parcel, END);
    const expected = trouble === null ? [] : troubles[trouble];
    const raised = [...new Set(alerts.map(({ code }) => code))];
    count.tokens += parcel.tokens.length;
    count.alerts += alerts.length;
    if (trouble !== null) count.troubled += 1;
    const [meant, seen] = [expected.some(isMisdelivery), raised.some(isMisdelivery)];
    if (meant) count.misdelivered += 1;
    if (seen) count.misdeliveriesRaised += 1;
    if (seen && !meant) count.misdeliveriesFalse += 1;
    if (meant && !seen) count.misdeliveriesMissed += 1;
    if (raised.toSorted().join() !== expected.toSorted().join())
      odd.push({ trouble, raised, expected, sub: parcel.sub });
    for (const { code } of alerts) told.set(code, (told.get(code) ?? 0) + 1);
    for (const alert of alerts) load.add(alert);
  }
  return { ...count, odd, byCode: Object.fromEntries([...told].toSorted()), load: load.account() };
}

/** @param {string} code */
const isMisdelivery = (code) => code.startsWith('misdelivery.');

/** Alerts by party and day: those a party is told of, and those it has to answer. */
class Load {
  /** @type {Map<string, number>} */
  #told = new Map();
  /** @type {Map<string, number>} */
  #answered = new Map();
  /** @type {Set<string>} */
  #days = new Set();

  /** @param {import('./judged.js').Raised} alert */
  add({ at, told, responsible }) {
    const day = dateOf(at);
    this.#days.add(day);
    for (const party of told) add(this.#told, `${party} ${day}`);
    if (responsible !== null) add(this.#answered, `${responsible} ${day}`);
  }

  /** A party's mean over the days on which there are any, and the most on one day. */
  account() {
    const of = (/** @type {Map<string, number>} */ counts) =>
      parties
        .map((party) => {
          const days = [...counts].filter(([key]) => key.startsWith(`${party} `)).map(([, count]) => count);
          return {
            party,
            mean: days.reduce((sum, count) => sum + count, 0) / this.#days.size,
            most: Math.max(0, ...days),
          };
        })
        .toSorted((a, b) => b.most - a.most);
    return { days: this.#days.size, told: of(this.#told), answered: of(this.#answered) };
  }
}

/** @param {Map<string, number>} counts @param {string} key */
const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
