// Follows what changes at the hub and never gives up: heartbeats prove that the line is alive, their absence that it is
// not, and after any loss it goes on from the change it had.

import type { Connection } from './connection.js';
import { EventStreamReader } from './event-stream.js';
import type { StreamMessage } from './event-stream.js';
import { Silence } from './silence.js';

export interface LiveStreamParts {
  /** Where the stream after this change is. */
  readonly address: (after: number) => string;
  /** What the page was first filled with: the change from which the stream has to go on. May fail; then it is asked again. */
  readonly begin: () => Promise<number>;
  /** The stream is open, for the first time or again: what it does not tell has to be asked for. */
  readonly opened: () => Promise<void>;
  readonly heard: (message: StreamMessage) => void;
  /** Without a sign of life for so long, the line is dead. The hub's heart beats every five seconds. */
  readonly silenceMs?: number;
  /** How long to wait after the first, second, … failure in a row; the last holds for all further ones. */
  readonly waitsMs?: readonly number[];
  /** For how long to say at least that the line is back, so that it can be read. */
  readonly backMs?: number;
}

const SILENCE_MS = 12_000;
const WAITS_MS = [1000, 2000, 3000, 5000];
const BACK_MS = 1200;

export class LiveStream {
  readonly #silenceMs: number;
  readonly #waitsMs: readonly number[];
  readonly #backMs: number;
  readonly #watchers = new Set<() => void>();
  #connection: Connection = { state: 'connecting' };
  #after: number | undefined;
  #heardAt: number | undefined;
  #failures = 0;
  #hurry: (() => void) | undefined;

  constructor(private readonly parts: LiveStreamParts) {
    this.#silenceMs = parts.silenceMs ?? SILENCE_MS;
    this.#waitsMs = parts.waitsMs ?? WAITS_MS;
    this.#backMs = parts.backMs ?? BACK_MS;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Calls back on every change of {@link connection}; answers how to stop that. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Follows until the answer is called. */
  start(): () => void {
    const ending = new AbortController();
    void this.#follow(ending.signal);
    return () => ending.abort();
  }

  /** Tries now instead of at the end of the wait. */
  readonly retry = (): void => this.#hurry?.();

  async #follow(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      try {
        await this.#once(end);
      } catch {
        // Whatever broke, it is tried again; the page says so in the meantime.
      }
      await this.#wait(end);
    }
  }

  async #once(end: AbortSignal): Promise<void> {
    this.#after ??= await this.#begin();
    const line = new AbortController();
    const signal = AbortSignal.any([end, line.signal]);
    const silence = new Silence(this.#silenceMs, () => line.abort());
    try {
      const headers = { accept: 'text/event-stream' };
      const response = await fetch(this.parts.address(this.#after), { signal, headers, cache: 'no-store' });
      if (!response.ok || response.body === null) throw new Error(`the stream answers ${response.status}`);
      await Promise.all([this.#catchUp(line), this.#read(response.body, silence)]);
    } finally {
      silence.end();
      line.abort();
    }
  }

  async #begin(): Promise<number> {
    const change = await this.parts.begin();
    this.#heardAt = Date.now();
    return change;
  }

  /** While the stream is read already. Cuts the line where it fails. */
  async #catchUp(line: AbortController): Promise<void> {
    try {
      const returned = this.#connection.state === 'lost';
      if (returned) this.#tell({ state: 'back' });
      await Promise.all([this.parts.opened(), returned ? pause(this.#backMs) : undefined]);
      if (line.signal.aborted) return;
      this.#failures = 0;
      this.#tell({ state: 'live' });
    } catch (error) {
      line.abort();
      throw error;
    }
  }

  async #read(body: ReadableStream<Uint8Array>, silence: Silence): Promise<void> {
    const reader = new EventStreamReader();
    const text = new TextDecoder();
    const pieces = body.getReader();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      silence.broken();
      this.#heardAt = Date.now();
      for (const message of reader.read(text.decode(piece.value, { stream: true }))) this.parts.heard(message);
      if (reader.id !== undefined) this.#after = Number(reader.id);
    }
    throw new Error('the stream ended');
  }

  async #wait(end: AbortSignal): Promise<void> {
    if (end.aborted) return;
    const ms = this.#waitsMs[Math.min(this.#failures, this.#waitsMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#tell({ state: 'lost', heardAt: this.#heardAt, retryAt: Date.now() + ms });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
      end.addEventListener('abort', this.#hurry, { once: true });
    });
    this.#hurry = undefined;
  }

  #tell(connection: Connection): void {
    this.#connection = connection;
    for (const tell of this.#watchers) tell();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
