// One worker thread as the ledger's thread sees it: give it tokens, get verdicts.

import { Worker } from 'node:worker_threads';
import type { CountingKey } from './key-ring.js';
import { packTokens, readVerdicts } from './messages.js';
import type { FromThread, ThreadSettings, ToThread } from './messages.js';
import type { Verdict } from './verdict.js';

/** The thread died with tokens in hand. Nothing is lost: they are still in their topic and come again. */
export class VerificationInterrupted extends Error {
  override readonly name = 'VerificationInterrupted';
}

interface Waiting {
  readonly tokens: number;
  readonly resolve: (verdicts: Verdict[]) => void;
  readonly reject: (error: Error) => void;
}

const ENTRY = import.meta.url.endsWith('.ts') ? './from-source/thread.js' : './verification-thread.js';

export class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #chunks = 0;
  #load = 0;
  /** Resolves when the thread can judge; rejects when it cannot be started. */
  readonly ready: Promise<void>;
  /** Resolves when the thread is gone, for whatever reason. */
  readonly ended: Promise<void>;

  constructor(settings: ThreadSettings) {
    this.#worker = new Worker(new URL(ENTRY, import.meta.url), { workerData: settings });
    let failure: Error | undefined;
    this.#worker.on('error', (error: Error) => (failure = error));
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#giveUp(new VerificationInterrupted('a verification thread ended', { cause: failure }));
        resolve();
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromThread) => {
        if (message === null) resolve();
        else this.#settle(message.chunk, readVerdicts(message.verdicts));
      });
      this.#worker.once('exit', () => {
        reject(new VerificationInterrupted('a verification thread could not start', { cause: failure }));
      });
    });
  }

  /** Tokens given to it and not answered yet. */
  get load(): number {
    return this.#load;
  }

  /** Counts for every token judged after this call. */
  learn(keys: readonly CountingKey[]): void {
    if (keys.length > 0) this.#say({ kind: 'learn', keys });
  }

  judge(tokens: readonly Uint8Array[]): Promise<Verdict[]> {
    const chunk = this.#chunks++;
    this.#load += tokens.length;
    const packed = packTokens(chunk, tokens);
    return new Promise((resolve, reject) => {
      this.#waiting.set(chunk, { tokens: tokens.length, resolve, reject });
      this.#say(packed, [packed.bytes, packed.ends.buffer as ArrayBuffer]);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #say(message: ToThread, handedOver: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, handedOver);
  }

  #settle(chunk: number, verdicts: Verdict[]): void {
    const waiting = this.#waiting.get(chunk);
    if (waiting === undefined) return;
    this.#waiting.delete(chunk);
    this.#load -= waiting.tokens;
    waiting.resolve(verdicts);
  }

  #giveUp(error: VerificationInterrupted): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#load = 0;
  }
}
