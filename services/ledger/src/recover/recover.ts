// The log refilled, after its database was lost or is not what was signed: the same entries at the same indices with the
// same times, from Kafka, from parties' own copies and from what is left. The checkpoint outside the database decides:
// the same root, or nothing is written.
//
// Every step may be the last before a crash: until the one transaction of the refill nothing of the log is touched, and
// whoever runs it again does all of it again. On a log that is whole it changes nothing.

import { setTimeout as pause } from 'node:timers/promises';
import { isReason } from '@unbroken/evidence';
import { createKafka, groupHasMembers, openDatabase, systemClock } from '@unbroken/platform';
import type { Clock, CommonSettings } from '@unbroken/platform';
import { openCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import type { Kafka } from 'kafkajs';
import type { DataSource, EntityManager } from 'typeorm';
import { LEDGER_GROUP } from '../append/token-consumer.js';
import { fenceOthers, keepWritersOut } from '../append/writer-role.js';
import { operatorOf } from '../keys/operator.js';
import { custodyOf, nextAfter } from '../logs.js';
import type { CustodyLog, LogName, Logs } from '../logs.js';
import { ledgerMigrations } from '../migrations/index.js';
import { LogKeys } from '../sign/log-keys.js';
import { storedNote } from '../sign/signed.js';
import { endLog } from '../succeed/end-log.js';
import { bookOf, fitEntries } from '../succeed/fit-entries.js';
import { keptEntries, keptOf } from '../succeed/kept-entries.js';
import type { Kept } from '../succeed/kept-entries.js';
import { lossOf } from '../succeed/loss.js';
import type { Loss } from '../succeed/loss.js';
import type { KeptSuccession } from '../succeed/successions.js';
import { fittingOrder } from './fitting.js';
import { DATABASE, FoundEntries, KAFKA } from './found-entries.js';
import { gatherFromCopies, gatherFromDatabase, gatherFromKafka } from './gather.js';
import {
  RecoverRefused,
  atWork,
  declined,
  lacking,
  noCheckpoint,
  noKey,
  noReason,
  nothingLost,
  otherRoot,
  registryLost,
  withWayOn,
} from './recover-refused.js';
import { refill } from './refill.js';
import type { Refill } from './refill.js';

export interface Recovered {
  readonly logs: readonly {
    readonly log: LogName;
    /** Entries in the log now. */
    readonly size: number;
    /** How many of them a checkpoint covers. */
    readonly signed: number;
    /** How many had to be written. */
    readonly written: number;
  }[];
  readonly notices: readonly string[];
}

export interface RecoverOptions {
  /** Folders. */
  readonly copies: readonly string[];
  /** What a person wants where the custody log cannot be refilled: never taken without being asked for. */
  readonly successor?: WantedSuccessor;
  readonly clock?: Clock;
}

export interface WantedSuccessor {
  /** Told everybody; one line. */
  readonly reason: string;
  /** Told what will be lost; false: nothing is done. */
  readonly confirm: (loss: Loss) => Promise<boolean>;
}

/**
 * @param say what is done, a line each
 * @throws RecoverRefused, AuditImpossible for a copy that cannot be read; nothing was written then
 */
export async function recover(
  settings: CommonSettings,
  { copies, successor, clock = systemClock }: RecoverOptions,
  say: (line: string) => void,
): Promise<Recovered> {
  if (successor !== undefined && !isReason(successor.reason)) throw noReason();
  const migrations = [...ledgerMigrations];
  // A database that was lost is made again, empty.
  const dataSource = await openDatabase({ service: 'ledger', settings, entities: [], migrations, poolSize: 4 });
  try {
    const letIn = await whenNobodyWrites(dataSource);
    try {
      return await new Recovery(settings, dataSource, clock, say).run(copies, successor);
    } finally {
      await letIn();
    }
  } finally {
    await dataSource.destroy();
  }
}

const TRIES = 8;
const TRY_AGAIN_MS = 250;

/** A ledger that refuses to start takes the role for a moment, again and again; one that writes keeps it. */
async function whenNobodyWrites(dataSource: DataSource): Promise<() => Promise<void>> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const letIn = await keepWritersOut(dataSource);
    if (letIn !== undefined) return letIn;
    await pause(TRY_AGAIN_MS);
  }
  throw atWork();
}

class Recovery {
  readonly #found: FoundEntries;
  readonly #kafka: Kafka;
  readonly #keys: LogKeys;
  /** In the order in which they are believed at first. */
  readonly #sources = [KAFKA, DATABASE];
  readonly #notices: string[] = [];
  readonly #published = new Map<LogName, Published>();

  constructor(
    private readonly settings: CommonSettings,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly say: (line: string) => void,
  ) {
    this.#found = new FoundEntries(dataSource);
    this.#kafka = createKafka(settings, 'recover');
    this.#keys = new LogKeys(settings.UNBROKEN_STATE_DIR, settings.UNBROKEN_DEPLOYMENT);
  }

  async run(copies: readonly string[], successor?: WantedSuccessor): Promise<Recovered> {
    const logs = await this.#keys.successions.logs();
    const signed = new Map<LogName, readonly Signed[]>();
    for (const log of ['registry', logs.custody] as const) signed.set(log, await this.#signed(log));
    await this.#found.begin();
    for (const log of ['registry', ...custodyOf(logs)] as const) this.#published.set(log, await this.#gather(log));
    for (const folder of copies) {
      await gatherFromCopies(this.#found, folder, logs, this.settings.UNBROKEN_DEPLOYMENT);
      this.#sources.push(folder);
      this.say(`read the copies in ${folder}`);
    }
    const registry = await this.#planRegistry(signed.get('registry') ?? [], successor !== undefined);
    const planned = await this.#planCustody(logs, signed.get(logs.custody) ?? [], { registry, successor });
    const present = await this.#keys.successions.logs();
    // Those that go on first: what was lost with a log and is recorded in another stays there.
    const refills = [registry, ...planned.toReversed()];
    await this.#readTokensAgain();
    const written = await this.#write(refills, present);
    await this.#found.end();
    const done = refills.map(({ log, size, signed: last }, at) => ({
      ...{ log, size, signed: last?.size ?? 0, written: written[at] ?? 0 },
    }));
    return {
      logs: ['registry', ...custodyOf(present)].flatMap((log) => done.find((one) => one.log === log) ?? []),
      notices: this.#notices,
    };
  }

  /** What was signed last, outside the database first. What does not open under the key was not signed. */
  async #signed(log: LogName): Promise<readonly Signed[]> {
    const key = await this.#keys.ifThere(log);
    const kept = await this.#keys.outside(log).last();
    const stored = await storedNote(this.dataSource, log);
    if (key === undefined && (kept !== undefined || stored !== undefined)) throw noKey(this.#keys.path(log));
    if (key === undefined) return [];
    const notes = [
      ...(kept === undefined ? [] : [{ note: kept.note, where: kept.path }]),
      ...(stored === undefined ? [] : [{ note: stored, where: 'the database' }]),
    ];
    const signed: Signed[] = [];
    for (const { note, where } of notes) {
      const checkpoint = await openCheckpoint(parseNote(note), key.key.name, [key.key]).catch((cause: unknown) => {
        // The one outside decides; the one in a database that was changed may be anything.
        if (where !== 'the database')
          throw new Error(`${where} is not a checkpoint that the log has signed`, { cause });
        this.#notices.push(`The checkpoint of ${log} in the database was not signed by the log; it is replaced.`);
        return undefined;
      });
      if (checkpoint !== undefined) signed.push({ checkpoint, note, where });
    }
    return signed.toSorted((a, b) => b.checkpoint.size - a.checkpoint.size);
  }

  /** Answers how far the log is published. */
  async #gather(log: LogName): Promise<Published> {
    const { settings, dataSource } = this;
    const deployment = settings.UNBROKEN_DEPLOYMENT;
    const places = { dataSource, kafka: this.#kafka, prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX, deployment };
    const { whole, ends, sent } = await gatherFromKafka(this.#found, places, log);
    await gatherFromDatabase(this.#found, places, log);
    const end = await this.#found.endOnKafka(log);
    this.say(`${log}: Kafka holds entries up to ${end}${whole ? '' : ', and no longer the first ones'}`);
    // Nothing kept any more is not nothing published: readers have had it.
    return { entries: ends.size === 0 && !whole ? Number.MAX_SAFE_INTEGER : end, messages: sent };
  }

  async #planRegistry(signed: readonly Signed[], isSuccessorWanted: boolean): Promise<Refill> {
    try {
      return await this.#plan('registry', signed);
    } catch (error) {
      if (isSuccessorWanted && isLost(error)) throw registryLost(error);
      throw error;
    }
  }

  /** The custody logs in their order: as they ended, as they are, or, where a person wants it, the last one ended now. */
  async #planCustody(logs: Logs, signed: readonly Signed[], wants: Wants): Promise<readonly Refill[]> {
    const refills: Refill[] = [];
    for (const succession of await this.#keys.successions.all())
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
    if (await isAsLeft(keptEntries(this.dataSource.manager, log, checkpoint.size))) {
      this.say(`${log}: has ended, and is as it was left`);
      return [];
    }
    const left = await this.#leave(log, signed, registry);
    if (!(await isAsLeft(this.#kept(left))))
      this.#notices.push(
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
    if (last === undefined) throw noCheckpoint(log, this.#keys.outside(log).folder);
    const next = nextAfter(log);
    const { size } = last.checkpoint;
    const moved = (await this.#found.endOf(log, size)) - size;
    await this.#found.moveUnsigned(log, size, next);
    const left = await this.#leave(log, last, registry);
    const kept = await this.#kept(left);
    const lost = await this.#found.lacking(log, size);
    const loss: Loss = {
      ...lossOf(log, next, this.settings.UNBROKEN_DEPLOYMENT),
      ...{ signed: size, lost, kept: kept.count, moved, shown: left.leaves?.tilesHold === true },
      aside: await this.#found.asideBelow(log, size),
      between: await this.#found.timesAround(log, lost, left.order),
    };
    if (!(await confirm(loss))) throw declined(log);
    const now = this.clock.now();
    await endLog(this.#keys, { log, next, predecessor: last.note, kept, now, reason });
    const { messages = 0 } = this.#published.get(log) ?? {};
    const fresh = { log: next, order: [KAFKA], size: moved, published: 0, messages, signed: undefined, now };
    this.say(`${log} has ended; ${next} goes on`);
    return [left, fresh];
  }

  /** After an end that was interrupted: the log that goes on begins with what the one before had published and not signed. */
  async #takeOverUnsigned(ended: CustodyLog | undefined, log: CustodyLog, signed: readonly Signed[]): Promise<void> {
    const succession = (await this.#keys.successions.all()).find((one) => one.log === log);
    if (ended === undefined || succession === undefined || signed.length > 0) return;
    const [row] = await this.dataSource.query<unknown[]>('SELECT 1 FROM logs WHERE name = $1', [log]);
    if (row !== undefined || (await this.#found.endOnKafka(log)) > 0) return;
    await this.#found.moveUnsigned(ended, succession.checkpoint.size, log);
  }

  /** What is left of a log that lost entries. */
  async #leave(log: CustodyLog, { checkpoint, note }: Signed, registry: Refill): Promise<Refill> {
    const { settings, dataSource } = this;
    const deployment = settings.UNBROKEN_DEPLOYMENT;
    const now = this.clock.now();
    const book = await bookOf(this.#found, registry, { operator: operatorOf(settings), deployment });
    const parts = { dataSource, found: this.#found, deployment, book, now };
    const order = this.#sources;
    const tilesHold = await fitEntries(parts, log, checkpoint, order);
    const { size } = checkpoint;
    const published = Math.min(this.#published.get(log)?.entries ?? 0, size);
    // How many messages there were is said of the log that goes on, whose topic it is too.
    return { log, order, size, published, messages: 0, now, signed: { note, size }, leaves: { tilesHold } };
  }

  #kept({ log, size, order }: Refill): Promise<Kept> {
    return keptOf(size, (window) => this.#found.between(log, window, order));
  }

  /** @throws RecoverRefused where what was found is not what was signed */
  async #plan(log: LogName, signed: readonly Signed[]): Promise<Refill> {
    const published = this.#published.get(log) ?? NOTHING;
    const [last] = signed;
    const covered = last?.checkpoint.size ?? 0;
    if (last === undefined && (await this.#found.endOf(log, 0)) > 0)
      throw noCheckpoint(log, this.#keys.outside(log).folder);
    const holes = await this.#found.lacking(log, covered);
    if (holes.length > 0) throw lacking(log, holes, covered);
    const order = await fittingOrder(
      this.#found,
      log,
      this.#sources,
      signed.map(({ checkpoint }) => checkpoint),
    );
    if (order === undefined) throw otherRoot(log, covered, last?.where ?? 'nowhere', await this.#found.disputed(log));
    const size = await this.#found.endOf(log, covered);
    const end = await this.#found.endOnKafka(log);
    if (end > size)
      this.#notices.push(
        `${log}: entry ${size} was never signed and is nowhere, so entries from there on, which were not signed either, ` +
          'are recorded anew from their tokens. Rebuild the views afterwards (unbroken rebuild).',
      );
    this.say(`${log}: ${size} entries, of which ${covered} were signed; the root is the one that was signed`);
    return {
      ...{
        log,
        order,
        size,
        published: Math.min(published.entries, size),
        messages: published.messages,
        now: this.clock.now(),
      },
      signed: last && { note: last.note, size: covered },
    };
  }

  /**
   * What the log had recorded and never published is nowhere but among the tokens: they are all read again, and what is
   * recorded is known by its id. A crash after this, before the refill: whichever database is there then does the same.
   */
  async #readTokensAgain(): Promise<void> {
    const admin = this.#kafka.admin();
    const groupId = this.settings.UNBROKEN_KAFKA_TOPIC_PREFIX + LEDGER_GROUP;
    await admin.connect();
    try {
      const { groups } = await admin.listGroups();
      if (!groups.some((group) => group.groupId === groupId)) return;
      if (await groupHasMembers(admin, groupId)) throw atWork();
      await admin.deleteGroups([groupId]);
    } finally {
      await admin.disconnect();
    }
  }

  /** A crash before the commit leaves the database as it was; after it the logs are whole, and a ledger may start. */
  #write(refills: readonly Refill[], logs: Logs): Promise<readonly number[]> {
    return this.dataSource.transaction(async (manager) => {
      await fenceOthers(manager, this.settings.UNBROKEN_DEPLOYMENT, logs);
      const written = await refill(manager, this.#found, refills);
      for (const log of logs.ended) await this.#found.keepRemnants(manager, log);
      await handOn(manager, logs);
      return written;
    });
  }
}

/** What waits for its key, and the time that no entry may be recorded before, go to the log that goes on. */
async function handOn(manager: EntityManager, { custody, ended }: Logs): Promise<void> {
  if (ended.length === 0) return;
  await manager.query('UPDATE parked SET log = $1 WHERE log = ANY($2::text[])', [custody, ended]);
  await manager.query(
    `UPDATE logs SET last_recorded_at = greatest(last_recorded_at,
       (SELECT max(recorded_at) FROM entries WHERE log = ANY($2::text[])))
     WHERE name = $1 AND size = 0`,
    [custody, ended],
  );
}

/** What was signed cannot be led to by anything that was found. */
const isLost = (error: unknown): error is RecoverRefused =>
  error instanceof RecoverRefused && (error.code === 'recover.lacking' || error.code === 'recover.other-root');

interface Wants {
  readonly registry: Refill;
  readonly successor: WantedSuccessor | undefined;
}

interface Published {
  readonly entries: number;
  readonly messages: number;
}

const NOTHING: Published = { entries: 0, messages: 0 };

interface Signed {
  readonly checkpoint: Checkpoint;
  readonly note: string;
  readonly where: string;
}
