// Spreads verification over worker threads: signatures are what the ledger spends most of its time on. Each costs its start
// and its memory, so all but the first are started when there is more to do than that one's share.

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
  /** As many as there may be; one for each core if left out. */
  readonly threads?: number;
}

export class VerificationPool {
  readonly #deployment: string;
  readonly #threads: Thread[] = [];
  readonly #size: number;
  readonly #known = new Map<string, CountingKey>();
  readonly #sleeper = new Sleeper();
  /** Those that run or are being started. */
  #begun = 1;
  #growth: Promise<unknown> = Promise.resolve();
  #closing = false;

  constructor({ deployment, threads = availableParallelism() }: PoolOptions) {
    this.#deployment = deployment;
    this.#size = threads;
  }

  /** Resolves when it can verify; rejects when no thread can be started. */
  async start(): Promise<void> {
    await this.#startThread();
  }

  /** How many threads verify now. */
  get running(): number {
    return this.#threads.length;
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
    if (this.#threads.every(({ load }) => load > CHUNK)) this.#grow();
    return (await Promise.all(chunks)).flat();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#sleeper.wake();
    await this.#growth;
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #leastLoaded(): Thread {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new VerificationInterrupted('no verification thread is running');
    return others.reduce((least, thread) => (thread.load < least.load ? thread : least), first);
  }

  /** To its full size: there is as much to do now as there will be again. */
  #grow(): void {
    const missing = this.#size - this.#begun;
    if (missing <= 0 || this.#closing) return;
    this.#begun = this.#size;
    this.#growth = Promise.all(Array.from({ length: missing }, () => this.#join()));
  }

  async #startThread(): Promise<void> {
    const thread = new Thread({ deployment: this.#deployment });
    await thread.ready;
    if (this.#closing) return thread.end();
    thread.learn([...this.#known.values()]);
    this.#threads.push(thread);
    void thread.ended.then(() => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
      if (this.#closing) return;
      this.#tell();
      void this.#join();
    });
  }

  /** One more, or one for a thread that ran and died, for as long as it takes; meanwhile the others do its work. */
  async #join(): Promise<void> {
    for (let attempt = 1; !this.#closing; attempt += 1) {
      try {
        await this.#startThread();
        return;
      } catch {
        this.#tell();
        await this.#sleeper.sleep(backoffMs(attempt));
      }
    }
  }

  #tell(): void {
    log.error('verification.thread-ended', { threads: this.#threads.length });
  }
}
