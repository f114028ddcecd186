// Has one log's checkpoint stamped by one authority each day, while this process is the writer: so that the operator
// cannot make up a history later (docs/protocol, section 6, "Timestamps"). Recording never waits for it.

import { Repeated, gauge } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { DataSource } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import type { LogName } from '../logs.js';
import { storedNote } from '../sign/signed.js';
import { askAuthority } from './ask-authority.js';
import { lastTimestamp, storeTimestamp } from './stored-timestamps.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
/** How often the database is asked whether the day is over. */
const POLL_MS = 5_000;

const lastTaken = gauge(
  'unbroken_timestamp_last_taken_seconds',
  'When the last timestamp of a log was taken, in seconds since 1970; 0 while there is none',
  ['log', 'authority'],
);

export interface StampingPorts {
  readonly dataSource: DataSource;
  readonly log: LogName;
  /** Address of the authority. */
  readonly authority: string;
  /** DER; see Authorities. */
  readonly certificates: readonly Uint8Array[];
  readonly clock: Clock;
}

export class Stamping implements Duty {
  readonly #ports: StampingPorts;
  #running: Repeated | undefined;
  /** Of the authority, in a row. */
  #failures = 0;
  #notBefore = 0;
  #failure: string | undefined;

  constructor(ports: StampingPorts) {
    this.#ports = ports;
  }

  /** Why there is no timestamp of the last day, as far as there was something new; undefined while all is well. */
  get failure(): string | undefined {
    return this.#failure;
  }

  start(): void {
    this.#running = new Repeated({
      doSome: () => this.#stampIfDue(),
      failed: (error, attempt) => log.warn('timestamp.waits', { log: this.#ports.log, attempt }, error),
      pollMs: POLL_MS,
    });
    this.#running.start();
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** Nothing new since the last one needs no other: that one says more. */
  async #stampIfDue(): Promise<boolean> {
    const { dataSource, log: name, authority, clock } = this.#ports;
    const last = await lastTimestamp(dataSource, name, authority);
    lastTaken.set({ log: name, authority: hostOf(authority) }, (last?.takenAt ?? 0) / 1000);
    const isFresh = last !== undefined && clock.now() < last.takenAt + DAY_MS;
    if (isFresh || clock.now() < this.#notBefore) return false;
    const note = await storedNote(dataSource, name);
    if (note === undefined || parseCheckpoint(parseNote(note).text).size === last?.size) return false;
    await this.#stamp(note);
    return false;
  }

  async #stamp(note: string): Promise<void> {
    const { dataSource, log: name, authority, certificates, clock } = this.#ports;
    const taken = await askAuthority(authority, Buffer.from(note), certificates).catch((error: unknown) =>
      this.#failed(error),
    );
    if (taken === undefined) return;
    const { size } = parseCheckpoint(parseNote(note).text);
    const takenAt = clock.now();
    await storeTimestamp(dataSource, { log: name, authority, takenAt, size, note, token: taken.token });
    lastTaken.set({ log: name, authority: hostOf(authority) }, takenAt / 1000);
    this.#failures = 0;
    this.#failure = undefined;
    log.info('timestamp.taken', { log: name, authority: hostOf(authority), size });
  }

  /** Asked again after a minute, then twice as long each time, up to an hour: authorities serve many. */
  #failed(error: unknown): undefined {
    const { log: name, authority, clock } = this.#ports;
    this.#failures += 1;
    this.#notBefore = clock.now() + Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** Math.min(this.#failures - 1, 10));
    const why = error instanceof Error ? error.message : String(error);
    this.#failure = `${hostOf(authority)} gave no timestamp of ${name} in ${this.#failures} attempts: ${why}`;
    log.warn('timestamp.failed', { log: name, authority: hostOf(authority), attempt: this.#failures }, error);
  }
}

/** A path may hold an account. */
const hostOf = (url: string): string => new URL(url).host;
