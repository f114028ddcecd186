// What each log is to be refilled with: decided before anything of it is written, by what was found and what was signed. A
// custody log that has ended is what was left of it, and where a person wants it one is ended here (docs/operations.md).

import type { Clock, CommonSettings } from '@unbroken/platform';
import type { Checkpoint } from '@unbroken/tlog';
import type { DataSource } from 'typeorm';
import { operatorOf } from '../keys/operator.js';
import { nextAfter } from '../logs.js';
import type { CustodyLog, LogName, Logs } from '../logs.js';
import type { LogKeys } from '../sign/log-keys.js';
import { endLog } from '../succeed/end-log.js';
import { bookOf, fitEntries } from '../succeed/fit-entries.js';
import { keptEntries, keptOf } from '../succeed/kept-entries.js';
import type { Kept } from '../succeed/kept-entries.js';
import { lossOf } from '../succeed/loss.js';
import type { Loss } from '../succeed/loss.js';
import type { KeptSuccession } from '../succeed/successions.js';
import { fittingOrder } from './fitting.js';
import { KAFKA } from './found-entries.js';
import type { FoundEntries } from './found-entries.js';
import {
  RecoverRefused,
  declined,
  lacking,
  noCheckpoint,
  nothingLost,
  otherRoot,
  registryLost,
  withWayOn,
} from './recover-refused.js';
import type { Refill } from './refill.js';

export interface WantedSuccessor {
  /** Told everybody; one line. */
  readonly reason: string;
  /** Told what will be lost; false: nothing is done. */
  readonly confirm: (loss: Loss) => Promise<boolean>;
}

/** A checkpoint that the log has signed. */
export interface Signed {
  readonly checkpoint: Checkpoint;
  readonly note: string;
  readonly where: string;
}

/** How far a log is published, and how many messages its topic has had. */
export interface Published {
  readonly entries: number;
  readonly messages: number;
}

export interface PlanParts {
  readonly settings: CommonSettings;
  readonly dataSource: DataSource;
  readonly clock: Clock;
  readonly keys: LogKeys;
  readonly found: FoundEntries;
  /** In the order in which they are believed at first. */
  readonly sources: readonly string[];
  readonly published: ReadonlyMap<LogName, Published>;
  readonly say: (line: string) => void;
  /** What is worth knowing afterwards. */
  readonly notice: (sentence: string) => void;
}

interface Wants {
  readonly registry: Refill;
  readonly successor: WantedSuccessor | undefined;
}

const NOTHING: Published = { entries: 0, messages: 0 };

export class Plans {
  constructor(private readonly parts: PlanParts) {}

  /** @throws RecoverRefused where what was found is not what was signed */
  async registry(signed: readonly Signed[], isSuccessorWanted: boolean): Promise<Refill> {
    try {
      return await this.#plan('registry', signed);
    } catch (error) {
      if (isSuccessorWanted && isLost(error)) throw registryLost(error);
      throw error;
    }
  }

  /**
   * The custody logs in their order: as they ended, as they are, or, where a person wants it, the last one ended now.
   * @throws RecoverRefused; nothing is ended then
   */
  async custody(logs: Logs, signed: readonly Signed[], wants: Wants): Promise<readonly Refill[]> {
    const refills: Refill[] = [];
    for (const succession of await this.parts.keys.successions.all())
      refills.push(...(await this.#planEnded(succession, wants.registry)));
    await this.#takeOverUnsigned(logs.ended.at(-1), logs.custody, signed);
    try {
      const whole = await this.#plan(logs.custody, signed);
      if (wants.successor !== undefined) throw nothingLost(logs.custody);
      return [...refills, whole];
    } catch (error) {
      if (!isLost(error)) throw error;
      if (wants.successor === undefined) throw withWayOn(error);
      return [...refills, ...(await this.#endNow(logs.custody, signed, wants.registry, wants.successor))];
    }
  }

  /** A log that has ended is whole again where everything of it was found; else it is what was left of it. */
  async #planEnded(succession: KeptSuccession, registry: Refill): Promise<readonly Refill[]> {
    const { ended: log, checkpoint, said } = succession;
    const signed = { checkpoint, note: said.predecessor, where: 'the statement of its end' };
    try {
      const whole = await this.#plan(log, [signed]);
      const { size } = checkpoint;
      return [{ ...whole, size, published: Math.min(whole.published, size), messages: 0, hasEnded: true }];
    } catch (error) {
      if (!isLost(error)) throw error;
    }
    const isAsLeft = async (of: Promise<Kept>) => (await of).root === said.kept.root;
    if (await isAsLeft(keptEntries(this.parts.dataSource.manager, log, checkpoint.size))) {
      this.parts.say(`${log}: has ended, and is as it was left`);
      return [];
    }
    const left = await this.#leave(log, signed, registry);
    if (!(await isAsLeft(this.#kept(left))))
      this.parts.notice(
        `${log} has ended with ${said.kept.count} of its entries left, and what was found of it now is not those. ` +
          'Bring the copies that it was ended with, and recover once more; the audit names it until then.',
      );
    return [left];
  }

  async #endNow(
    log: CustodyLog,
    signed: readonly Signed[],
    registry: Refill,
    { reason, confirm }: WantedSuccessor,
  ): Promise<readonly Refill[]> {
    const [last] = signed;
    if (last === undefined) throw noCheckpoint(log, this.parts.keys.outside(log).folder);
    const next = nextAfter(log);
    const { size } = last.checkpoint;
    const moved = (await this.parts.found.endOf(log, size)) - size;
    await this.parts.found.moveUnsigned(log, size, next);
    const left = await this.#leave(log, last, registry);
    const kept = await this.#kept(left);
    const lost = await this.parts.found.lacking(log, size);
    const loss: Loss = {
      ...lossOf(log, next, this.parts.settings.UNBROKEN_DEPLOYMENT),
      ...{ signed: size, lost, kept: kept.count, moved, shown: left.leaves?.tilesHold === true },
      aside: await this.parts.found.asideBelow(log, size),
      between: await this.parts.found.timesAround(log, lost, left.order),
    };
    if (!(await confirm(loss))) throw declined(log);
    const now = this.parts.clock.now();
    await endLog(this.parts.keys, { log, next, predecessor: last.note, kept, now, reason });
    const { messages = 0 } = this.parts.published.get(log) ?? {};
    const fresh = { log: next, order: [KAFKA], size: moved, published: 0, messages, signed: undefined, now };
    this.parts.say(`${log} has ended; ${next} goes on`);
    return [left, fresh];
  }

  /** After an end that was interrupted: the log that goes on begins with what the one before had published and not signed. */
  async #takeOverUnsigned(ended: CustodyLog | undefined, log: CustodyLog, signed: readonly Signed[]): Promise<void> {
    const succession = (await this.parts.keys.successions.all()).find((one) => one.log === log);
    if (ended === undefined || succession === undefined || signed.length > 0) return;
    const [row] = await this.parts.dataSource.query<unknown[]>('SELECT 1 FROM logs WHERE name = $1', [log]);
    if (row !== undefined || (await this.parts.found.endOnKafka(log)) > 0) return;
    await this.parts.found.moveUnsigned(ended, succession.checkpoint.size, log);
  }

  /** What is left of a log that lost entries. */
  async #leave(log: CustodyLog, { checkpoint, note }: Signed, registry: Refill): Promise<Refill> {
    const { settings, dataSource, found } = this.parts;
    const deployment = settings.UNBROKEN_DEPLOYMENT;
    const now = this.parts.clock.now();
    const book = await bookOf(found, registry, { operator: operatorOf(settings), deployment });
    const parts = { dataSource, found, deployment, book, now };
    const order = this.parts.sources;
    const tilesHold = await fitEntries(parts, log, checkpoint, order);
    const { size } = checkpoint;
    const published = Math.min(this.parts.published.get(log)?.entries ?? 0, size);
    // How many messages there were is said of the log that goes on, whose topic it is too.
    return { log, order, size, published, messages: 0, now, signed: { note, size }, leaves: { tilesHold } };
  }

  #kept({ log, size, order }: Refill): Promise<Kept> {
    return keptOf(size, (window) => this.parts.found.between(log, window, order));
  }

  /** @throws RecoverRefused where what was found is not what was signed */
  async #plan(log: LogName, signed: readonly Signed[]): Promise<Refill> {
    const published = this.parts.published.get(log) ?? NOTHING;
    const [last] = signed;
    const covered = last?.checkpoint.size ?? 0;
    if (last === undefined && (await this.parts.found.endOf(log, 0)) > 0)
      throw noCheckpoint(log, this.parts.keys.outside(log).folder);
    const holes = await this.parts.found.lacking(log, covered);
    if (holes.length > 0) throw lacking(log, holes, covered);
    const order = await fittingOrder(
      this.parts.found,
      log,
      this.parts.sources,
      signed.map(({ checkpoint }) => checkpoint),
    );
    if (order === undefined)
      throw otherRoot(log, covered, last?.where ?? 'nowhere', await this.parts.found.disputed(log));
    const size = await this.parts.found.endOf(log, covered);
    const end = await this.parts.found.endOnKafka(log);
    if (end > size)
      this.parts.notice(
        `${log}: entry ${size} was never signed and is nowhere, so entries from there on, which were not signed either, ` +
          'are recorded anew from their tokens. Rebuild the views afterwards (unbroken rebuild).',
      );
    this.parts.say(`${log}: ${size} entries, of which ${covered} were signed; the root is the one that was signed`);
    return {
      ...{
        log,
        order,
        size,
        published: Math.min(published.entries, size),
        messages: published.messages,
        now: this.parts.clock.now(),
      },
      signed: last && { note: last.note, size: covered },
    };
  }
}

/** What was signed cannot be led to by anything that was found. */
const isLost = (error: unknown): error is RecoverRefused =>
  error instanceof RecoverRefused && (error.code === 'recover.lacking' || error.code === 'recover.other-root');
