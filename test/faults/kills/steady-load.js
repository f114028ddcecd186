// Tokens signed in advance and posted in their order, a few at a time, each post repeated until it is answered 202, as a
// device does. It posts no more than it is given leave to.
import { setTimeout as pause } from 'node:timers/promises';

const PER_POST = 20;
const AGAIN_AFTER_MS = 25;
const ANSWER_MS = 40_000;

export class SteadyLoad {
  #url;
  #tokens;
  #leave = 0;
  /** Answered 202. */
  accepted = 0;
  /** Answers and failures that were not 202, how often each. @type {Record<string, number>} */
  refusals = {};

  /** @param {string} url of an intake's door @param {readonly { token: string }[]} tokens */
  constructor(url, tokens) {
    this.#url = url;
    this.#tokens = tokens;
  }

  /** How many tokens there are. */
  get total() {
    return this.#tokens.length;
  }

  /** Lets it go on to this many tokens. @param {number} upTo */
  leave(upTo) {
    this.#leave = Math.min(upTo, this.#tokens.length);
  }

  /** Resolves when every token is accepted. @throws when a post is answered in a way that posting again cannot mend */
  async run() {
    while (this.accepted < this.#tokens.length) {
      if (this.accepted >= this.#leave) await pause(1);
      else await this.#postSome();
    }
  }

  async #postSome() {
    const tokens = this.#tokens.slice(this.accepted, Math.min(this.#leave, this.accepted + PER_POST));
    const body = JSON.stringify({ tokens: tokens.map(({ token }) => token) });
    for (;;) {
      const answer = await this.#post(body);
      if (answer === '202') break;
      this.refusals[answer] = (this.refusals[answer] ?? 0) + 1;
      if (/^[14]/.test(answer)) throw new Error(`a post was answered ${answer}`);
      await pause(AGAIN_AFTER_MS);
    }
    this.accepted += tokens.length;
  }

  /** @param {string} body @returns {Promise<string>} the status, or that there was no answer */
  async #post(body) {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      const answer = await fetch(this.#url, { method: 'POST', headers, body, signal });
      await answer.text();
      return String(answer.status);
    } catch {
      return 'no answer';
    }
  }
}
