// Starts parts in the order they stand on each other and stops them in reverse.
import { Supervised } from './supervised.js';

/**
 * @typedef {import('./supervised.js').Part} Part
 * @typedef {import('./supervised.js').PartEvent} PartEvent
 */

export class Supervisor {
  #folders;
  #tell;
  /** @type {Supervised[]} */
  #parts = [];
  #stopping = false;

  /**
   * @param {{ run: string, log: string }} folders
   * @param {(event: PartEvent) => void} tell
   */
  constructor(folders, tell) {
    this.#folders = folders;
    this.#tell = tell;
  }

  /**
   * Starts a part and waits until it answers.
   * @param {Part} part
   * @throws {import('../set-up/set-up-error.js').SetUpError} part.not-ready
   */
  async start(part) {
    const supervised = new Supervised(part, {
      runFolder: this.#folders.run,
      logFolder: this.#folders.log,
      order: this.#parts.length,
      tell: this.#tell,
    });
    if (this.#stopping) return;
    this.#parts.push(supervised);
    await supervised.start();
  }

  /** Stops everything, last started first; nothing can be started afterwards. */
  async stop() {
    this.#stopping = true;
    for (const part of this.#parts.toReversed()) await part.stop();
  }
}
