// Spreads verification over worker threads: signatures are what the ledger spends most of its time on.

import { availableParallelism } from 'node:os';
import { Sleeper, backoffMs } from '@unbroken/platform';
import { log } from '../log.js';
import type { CountingKey } from './key-ring.js';
import { Thread, VerificationInterrupted } from './thread.js';
import type { Verdict } from './verdict.js';

/** Enough for one message to a thread to be worth it, few enough for every thread to get its share of a batch. */
const CHUNK = 128;

export interface PoolOptions {
  readonly deployment: string;
  readonly threads?: number;
}

export class VerificationPool {
  readonly #deployment: string;
  readonly #threads: Thread[] = [];
  readonly #size: number;
  readonly #known = new Map<string, CountingKey>();
  readonly #sleeper = new Sleeper();
  #closing = false;

  constructor({ deployment, threads = availableParallelism() }: PoolOptions) {
    this.#deployment = deployment;
    this.#size = threads;
  }

  /** Resolves when every thread is ready; rejects when one cannot be started. */
  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.#size }, () => this.#startThread()));
  }

  /** Every token given after this call is judged with these keys too. A key already known stays as it is. */
  learn(keys: readonly CountingKey[]): void {
    const fresh = keys.filter(({ kid }) => !this.#known.has(kid));
    for (const key of fresh) this.#known.set(key.kid, key);
    for (const thread of this.#threads) thread.learn(fresh);
  }

  /**
   * A verdict for each token, in their order.
   * @throws VerificationInterrupted when a thread died; the same tokens may be given again
   */
  async verify(tokens: readonly Uint8Array[]): Promise<Verdict[]> {
    const chunks: Promise<Verdict[]>[] = [];
    const step = Math.min(CHUNK, Math.max(1, Math.ceil(tokens.length / this.#size)));
    for (let start = 0; start < tokens.length; start += step)
      chunks.push(this.#leastLoaded().judge(tokens.slice(start, start + step)));
    return (await Promise.all(chunks)).flat();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#sleeper.wake();
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #leastLoaded(): Thread {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new VerificationInterrupted('no verification thread is running');
    return others.reduce((least, thread) => (thread.load < least.load ? thread : least), first);
  }

  async #startThread(): Promise<void> {
    const thread = new Thread({ deployment: this.#deployment });
    await thread.ready;
    if (this.#closing) return thread.end();
    thread.learn([...this.#known.values()]);
    this.#threads.push(thread);
    void thread.ended.then(() => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
      if (!this.#closing) void this.#replace();
    });
  }

  /** A thread that ran and died is replaced for as long as it takes; meanwhile the others do its work. */
  async #replace(): Promise<void> {
    for (let attempt = 1; !this.#closing; attempt += 1) {
      log.error('verification.thread-ended', { threads: this.#threads.length });
      try {
        await this.#startThread();
        return;
      } catch {
        await this.#sleeper.sleep(backoffMs(attempt));
      }
    }
  }
}
