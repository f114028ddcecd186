// Keeps every open page true: asks the database once for all of them what has changed, and tells each the newest state
// of what it does not know yet. Nothing waits here for a slow page: what it missed meanwhile is still in the table.

import { Sleeper, backoffMs } from '@unbroken/platform';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Names } from '../chains/names.js';
import { presentOf } from '../chains/present.js';
import type { Present } from '../chains/present.js';
import { ROW_COLUMNS, shownRow } from '../chains/shown-row.js';
import type { RowRecord } from '../chains/shown-row.js';
import { dashboardLog } from '../dashboard-log.js';
import type { Listener } from './listener.js';
import { ALIVE, beginningAt, resetMessage, rowsMessage } from './messages.js';

/** More changed rows are not worth sending: the page fetches its part of the table again. */
const MOST_ROWS = 300;
/** Commits of this process are told at once; those of others are found by asking so often. */
const POLL_MS = 250;
/** After news: what follows closely goes out together. */
const REST_MS = 100;
const HEARTBEAT_MS = 5_000;

export class LiveStream {
  readonly #listeners = new Set<Listener>();
  readonly #sleeper = new Sleeper();
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(
    private readonly database: DataSource,
    private readonly names: Names,
  ) {}

  /** Returns at once; tells until `stop`. */
  start(): void {
    this.#running ??= this.#run();
    // While the database cannot be asked the line proves nothing, and is silent.
    this.#heartbeat = setInterval(() => {
      if (this.#failures === 0) for (const listener of this.#listeners) listener.comment(ALIVE);
    }, HEARTBEAT_MS);
  }

  /** Says that rows have changed. */
  readonly wake = (): void => {
    this.#sleeper.wake();
  };

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Call what it returns when the page is gone. */
  add(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.wake();
    return () => this.#listeners.delete(listener);
  }

  /** Ends every line at once: pages connect again where they find somebody. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#heartbeat);
    this.wake();
    for (const listener of this.#listeners) listener.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.isStopping) {
      try {
        const told = await this.#step();
        this.#failures = 0;
        if (told) await pause(REST_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
        await this.#sleeper.sleep(POLL_MS);
      } catch (error) {
        this.#failures += 1;
        dashboardLog.warn('stream.failed', { attempt: this.#failures }, error);
        await this.#sleeper.sleep(backoffMs(this.#failures));
      }
    }
  }

  /** True when anybody was told anything. */
  async #step(): Promise<boolean> {
    const now = performance.now();
    const ready = [...this.#listeners].filter((listener) => listener.isReady(now));
    if (ready.length === 0) return false;
    const present = await presentOf(this.database);
    for (const listener of ready.filter(({ at }) => at === undefined)) {
      listener.tell(beginningAt(present.change), present.change, 0);
    }
    const behind = ready.filter(({ at }) => at !== present.change);
    if (behind.length > 0) await this.#tell(behind, present, now);
    return behind.length > 0;
  }

  async #tell(behind: readonly Listener[], { change, counts }: Present, now: number): Promise<void> {
    const rows = await this.#changedSince(Math.min(...behind.map(({ at }) => at ?? change)), change);
    const messages = new Map<number, string | null>();
    for (const listener of behind) {
      const at = listener.at ?? change;
      // Who knows of changes that are yet to come has seen a database that is no more.
      const message = messages.get(at) ?? (at > change ? null : this.#messageSince(at, rows, { change, counts }));
      messages.set(at, message);
      if (message === null) listener.reset(resetMessage(change), change, now);
      else listener.tell(message, change, now);
    }
  }

  /** Null where there is more than is worth sending. */
  #messageSince(at: number, rows: readonly RowRecord[], { change, counts }: Present): string | null {
    const news = rows.filter((row) => Number(row.change) > at);
    if (news.length > MOST_ROWS) return null;
    return rowsMessage(
      news.toReversed().map((row) => shownRow(row, this.names)),
      counts,
      change,
    );
  }

  /** The newest first, and one more than is sent to anybody. */
  #changedSince(from: number, to: number): Promise<readonly RowRecord[]> {
    return this.database.query<RowRecord[]>(
      `SELECT ${ROW_COLUMNS} FROM rows WHERE change > $1 AND change <= $2 ORDER BY change DESC LIMIT ${MOST_ROWS + 1}`,
      [from, to],
    );
  }
}
