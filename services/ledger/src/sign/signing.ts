// Signs checkpoints of one log while this process is the writer: as soon as something is new, then at most every half
// second.
//
// What is signed is what is committed, read back, and shown to extend what was signed before: so a process that was
// paused and wakes up when another writes can only sign what is true. First the copy outside the database, then the one
// in it, and with it the outbox row that tells everybody: a crash between the two leaves a checkpoint that nobody has
// seen, of entries that are committed.

import { encodeCheckpoint } from '@unbroken/contracts';
import { succeedsLine } from '@unbroken/evidence';
import { Sleeper, backoffMs } from '@unbroken/platform';
import type { Clock, Outbox } from '@unbroken/platform';
import {
  decodeRightEdge,
  formatCheckpoint,
  formatNote,
  parseCheckpoint,
  parseNote,
  readRightEdge,
  rootOf,
  signNote,
} from '@unbroken/tlog';
import type { Checkpoint, RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import type { LogName } from '../logs.js';
import type { LogKeys } from './log-keys.js';
import { LogRewritten } from './log-rewritten.js';
import { checkExtends, openedNote, storeNote, storedNote } from './signed.js';
import { checkNewest, storedNodes } from './stored-tree.js';

const AT_MOST_EVERY_MS = 500;
const POLL_MS = 5_000;

export interface SigningPorts {
  readonly dataSource: DataSource;
  readonly log: LogName;
  readonly keys: LogKeys;
  readonly clock: Clock;
  readonly outbox: Outbox;
  /** A checkpoint is stored, and its row is in the outbox. */
  readonly signed: () => void;
  /** The database is not what was signed: this process must not go on writing. */
  readonly rewritten: () => void;
  /** Lines that the next checkpoint carries, given those that were signed last. */
  readonly commits?: (before: readonly Checkpoint[]) => Promise<readonly string[]>;
  /** Why nothing may be signed now, in words that say what to do; undefined while all is well. */
  readonly forbidden?: () => Promise<string | undefined>;
}

export class Signing implements Duty {
  readonly #ports: SigningPorts;
  /** Between two checkpoints; entries do not cut it short. */
  readonly #rest = new Sleeper();
  /** While nothing is new. */
  readonly #poll = new Sleeper();
  #stopping = false;
  #running: Promise<void> | undefined;
  #isNew = false;
  #failure: string | undefined;

  constructor(ports: SigningPorts) {
    this.#ports = ports;
  }

  /** Why nothing is signed any more; undefined while all is well. Recording goes on meanwhile. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /**
   * That the log, whose tree ends so, holds all that was ever signed of it, here or outside the database.
   * @throws LogRewritten
   */
  async standsBy(edge: RightEdge): Promise<void> {
    const { dataSource, log: name } = this.#ports;
    const head = headOf(edge);
    await checkNewest(dataSource, name, head.size);
    const { checkpoints } = await this.#signed();
    for (const signed of checkpoints) await checkExtends(dataSource, name, { signed, head });
  }

  /** Returns at once; signs until `stop`. */
  start(): void {
    this.#stopping = false;
    this.#running = this.#run();
  }

  /** Entries were committed: they are signed now and not at the next poll. */
  written(): void {
    this.#isNew = true;
    this.#poll.wake();
  }

  /** Signs what is left, and ends. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#rest.wake();
    this.#poll.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (;;) {
      // Asked before signing, so that whatever was written before `stop` is signed yet.
      const isLast = this.#stopping;
      this.#isNew = false;
      try {
        await this.#sign();
        failures = 0;
        this.#failure = undefined;
      } catch (error) {
        failures += 1;
        this.#failure = error instanceof Error ? error.message : String(error);
        if (error instanceof LogRewritten) this.#ports.rewritten();
        log.error('signing.failed', { log: this.#ports.log, attempt: failures }, error);
      }
      if (isLast) return;
      await this.#rest.sleep(failures > 0 ? backoffMs(failures) : AT_MOST_EVERY_MS);
      if (this.#isIdle()) await this.#poll.sleep(POLL_MS);
    }
  }

  /** Asked anew after each wait. */
  #isIdle(): boolean {
    return !this.#isNew && !this.#stopping;
  }

  async #sign(): Promise<void> {
    const { dataSource, log: name, keys } = this.#ports;
    const [row] = await dataSource.query<{ edge: Buffer }[]>('SELECT edge FROM logs WHERE name = $1', [name]);
    if (row === undefined) return;
    const head = headOf(decodeRightEdge(row.edge));
    if (head.size === 0) return;
    const { checkpoints, isKeptTwice } = await this.#signed();
    if (isKeptTwice && checkpoints.every(({ size }) => size === head.size)) return;
    for (const signed of checkpoints) await checkExtends(dataSource, name, { signed, head });
    const why = await this.#ports.forbidden?.();
    if (why !== undefined) throw new Error(why);
    const key = await keys.of(name);
    const extensions = [...(await succeeds(keys, name)), ...((await this.#ports.commits?.(checkpoints)) ?? [])];
    const text = formatCheckpoint({ origin: key.key.name, ...head, extensions });
    const note = formatNote({ text, signatures: [await signNote(text, key)] });
    await keys.outside(name).keep(head.size, note);
    await this.#store(head.size, note);
  }

  /** With the edge that the last stored one ended in: who has heard the entries since can make their receipts. */
  async #store(size: number, note: string): Promise<void> {
    const { dataSource, log: name, clock, outbox } = this.#ports;
    const before = await storedNote(dataSource, name);
    const grown = before === undefined ? 0 : parseCheckpoint(parseNote(before).text).size;
    const grownFrom = await readRightEdge(grown, storedNodes(dataSource, name, size));
    const value = Buffer.from(encodeCheckpoint({ note, grownFrom }));
    await dataSource.transaction(async (manager) => {
      if (!(await storeNote(manager, name, { size, note, at: new Date(clock.now()) }))) return;
      const key = parseCheckpoint(parseNote(note).text).origin;
      await outbox.append(manager, [{ topic: 'log.checkpoints.v1', key, value, headers: {} }]);
    });
    this.#ports.signed();
  }

  /** What was signed last, in the database and outside it: one checkpoint where both hold the same. */
  async #signed(): Promise<{ readonly checkpoints: readonly Checkpoint[]; readonly isKeptTwice: boolean }> {
    const { dataSource, log: name, keys } = this.#ports;
    const { key } = await keys.of(name);
    const stored = await storedNote(dataSource, name);
    const kept = await keys.outside(name).last();
    const notes = new Map<string, string>();
    if (kept !== undefined) notes.set(kept.note, kept.path);
    if (stored !== undefined) notes.set(stored, 'the database');
    const checkpoints: Checkpoint[] = [];
    for (const [note, where] of notes) checkpoints.push(await openedNote(note, key, where));
    return { checkpoints, isKeptTwice: stored !== undefined && kept !== undefined };
  }
}

/** Every checkpoint of a log that succeeds another names the one that the other ended with. */
async function succeeds({ successions }: LogKeys, log: LogName): Promise<readonly string[]> {
  const succession = (await successions.all()).find((one) => one.log === log);
  return succession === undefined ? [] : [succeedsLine(succession.checkpoint)];
}

const headOf = (edge: RightEdge) => ({ size: edge.size, root: rootOf(edge, nodeSha256) });
