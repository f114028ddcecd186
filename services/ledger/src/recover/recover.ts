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
import type { Kafka } from 'kafkajs';
import type { DataSource, EntityManager } from 'typeorm';
import { LEDGER_GROUP } from '../append/token-consumer.js';
import { fenceOthers, keepWritersOut } from '../append/writer-role.js';
import { custodyOf } from '../logs.js';
import type { CustodyLog, LogName, Logs } from '../logs.js';
import { ledgerMigrations } from '../migrations/index.js';
import { sayLost } from '../openings/say-lost.js';
import { LogKeys } from '../sign/log-keys.js';
import { storedNote } from '../sign/signed.js';
import { DATABASE, FoundEntries, KAFKA } from './found-entries.js';
import { gatherFromCopies, gatherFromDatabase, gatherFromKafka } from './gather.js';
import { Plans } from './plan.js';
import type { Published, Signed, WantedSuccessor } from './plan.js';
import { atWork, noKey, noReason } from './recover-refused.js';
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
    const plans = this.#plans();
    const registry = await plans.registry(signed.get('registry') ?? [], successor !== undefined);
    // Before a log is ended, which cannot be taken back: a ledger that takes tokens is at work.
    if (successor !== undefined) await this.#readTokensAgain();
    const planned = await plans.custody(logs, signed.get(logs.custody) ?? [], { registry, successor });
    const present = await this.#keys.successions.logs();
    // Those that go on first: what was lost with a log and is recorded in another stays there.
    const refills = [registry, ...planned.toReversed()];
    await this.#readTokensAgain();
    await this.#sayLostOpenings(present.custody, signed.get(logs.custody) ?? []);
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

  #plans(): Plans {
    const { settings, dataSource, clock, say } = this;
    const [keys, found, sources, published] = [this.#keys, this.#found, this.#sources, this.#published] as const;
    const notice = (sentence: string): void => void this.#notices.push(sentence);
    return new Plans({ settings, dataSource, clock, say, keys, found, sources, published, notice });
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

  /** Before the refill, so that there is no sound log beside a loss that nobody has said. */
  async #sayLostOpenings(log: CustodyLog, signed: readonly Signed[]): Promise<void> {
    const checkpoints = signed.map(({ checkpoint }) => checkpoint);
    const of = { manager: this.dataSource.manager, keys: this.#keys, now: this.clock.now() };
    const said = await sayLost({ ...of, log, checkpoints });
    if (said !== undefined) this.#notices.push(said);
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
