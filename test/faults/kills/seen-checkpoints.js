// Every checkpoint that a log has shown or kept during a run: what it serves, what its table holds, what lies outside the
// database. A log may be killed as it likes; two of these must never contradict each other.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';

const LOOK_EVERY_MS = 20;
/** Whoever is paused never answers. */
const ANSWER_MS = 2_000;
const LOGS = /** @type {const} */ ([
  ['registry', 'registry'],
  ['custody', 'custody-0'],
]);

export class SeenCheckpoints {
  /** Notes by what they say. @type {Map<string, import('@unbroken/tlog').Checkpoint>} */
  #seen = new Map();
  #watching = true;
  /** @type {Promise<void>[]} */
  #watches = [];
  served = 0;

  /** @param {import('../../bench/ground.js').Ground} house @param {string} url of the ledger */
  constructor(house, url) {
    this.house = house;
    this.alsoAt(url);
  }

  /** Looks at another ledger of the same house as well. @param {string} url */
  alsoAt(url) {
    for (const [name] of LOGS) this.#watches.push(this.#look(`${url}/ledger/log/${name}/checkpoint`));
  }

  /** All that were seen, of one origin, by size; the same size twice where two say different things. @param {string} origin */
  of(origin) {
    return [...this.#seen.values()].filter((one) => one.origin === origin).toSorted((a, b) => a.size - b.size);
  }

  /** Also what is kept; while the ledger is dead: what it leaves behind. @returns {Promise<{ inside: number, outside: number }>} sizes of the custody log's */
  async lookInside() {
    const rows = await this.house.query('SELECT note FROM ledger.checkpoints');
    const sizes = { inside: 0, outside: 0 };
    for (const { note } of rows) {
      const { origin, size } = this.#add(String(note));
      if (origin.includes('custody')) sizes.inside = size;
    }
    for (const [, folder] of LOGS) {
      for (const note of notesIn(join(this.house.state.root, 'checkpoints', folder))) {
        const { origin, size } = this.#add(note);
        if (origin.includes('custody')) sizes.outside = Math.max(sizes.outside, size);
      }
    }
    return sizes;
  }

  async stop() {
    this.#watching = false;
    await Promise.all(this.#watches);
  }

  /** @param {string} url */
  async #look(url) {
    while (this.#watching) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer?.status === 200 && text !== undefined) {
        this.#add(text);
        this.served += 1;
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  /** @param {string} note */
  #add(note) {
    const { text } = parseNote(note);
    const checkpoint = parseCheckpoint(text);
    this.#seen.set(text, checkpoint);
    return checkpoint;
  }
}

/** @param {string} folder @returns {string[]} */
function notesIn(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d{16}$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}
