// Spreads verification over worker threads: signatures are what the ledger spends most of its time on.

import { availableParallelism } from 'node:os';
import { log } from '../log.js';
import type { CountingKey } from './key-ring.js';
import { Thread } from './thread.js';
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
  #closing = false;

  constructor({ deployment, threads = availableParallelism() }: PoolOptions) {
    this.#deployment = deployment;
    this.#size = threads;
  }

  /** Resolves when every thread is ready; rejects when one cannot be started. */
  async start(): Promise<void> {
    for (let i = 0; i < this.#size; i++) this.#startThread();
    await Promise.all(this.#threads.map(({ ready }) => ready));
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
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #leastLoaded(): Thread {
    return this.#threads.reduce((least, thread) => (thread.load < least.load ? thread : least));
  }

  #startThread(): void {
    const thread = new Thread({ deployment: this.#deployment });
    thread.learn([...this.#known.values()]);
    this.#threads.push(thread);
    void thread.ended.then(() => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
      if (this.#closing) return;
      log.error('verification.thread-ended', { threads: this.#threads.length });
      this.#startThread();
    });
  }
}
