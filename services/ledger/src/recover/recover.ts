// The log refilled, after its database was lost or is not what was signed: the same entries at the same indices with the
// same times, from Kafka, from parties' own copies and from what is left. The checkpoint outside the database decides:
// the same root, or nothing is written.
//
// Every step may be the last before a crash: until the one transaction of the refill nothing of the log is touched, and
// whoever runs it again does all of it again. On a log that is whole it changes nothing.

import { setTimeout as pause } from 'node:timers/promises';
import { createKafka, groupHasMembers, openDatabase, systemClock } from '@unbroken/platform';
import type { Clock, CommonSettings } from '@unbroken/platform';
import { openCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import type { Kafka } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { LEDGER_GROUP } from '../append/token-consumer.js';
import { fenceOthers, keepWritersOut } from '../append/writer-role.js';
import { logNames } from '../logs.js';
import type { LogName } from '../logs.js';
import { ledgerMigrations } from '../migrations/index.js';
import { LogKeys } from '../sign/log-keys.js';
import { storedNote } from '../sign/signed.js';
import { fittingOrder } from './fitting.js';
import { DATABASE, FoundEntries, KAFKA } from './found-entries.js';
import { gatherFromCopies, gatherFromDatabase, gatherFromKafka } from './gather.js';
import { atWork, lacking, noCheckpoint, noKey, otherRoot } from './recover-refused.js';
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

/**
 * @param say what is done, a line each
 * @throws RecoverRefused, AuditImpossible for a copy that cannot be read; nothing was written then
 */
export async function recover(
  settings: CommonSettings,
  { copies, clock = systemClock }: { readonly copies: readonly string[]; readonly clock?: Clock },
  say: (line: string) => void,
): Promise<Recovered> {
  const migrations = [...ledgerMigrations];
  // A database that was lost is made again, empty.
  const dataSource = await openDatabase({ service: 'ledger', settings, entities: [], migrations, poolSize: 4 });
  try {
    const letIn = await whenNobodyWrites(dataSource);
    try {
      return await new Recovery(settings, dataSource, clock, say).run(copies);
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

  async run(copies: readonly string[]): Promise<Recovered> {
    const signed = new Map<LogName, readonly Signed[]>();
    for (const log of logNames) signed.set(log, await this.#signed(log));
    await this.#found.begin();
    const refills: Refill[] = [];
    const published = new Map<LogName, Published>();
    for (const log of logNames) published.set(log, await this.#gather(log));
    for (const folder of copies) {
      await gatherFromCopies(this.#found, folder, this.settings.UNBROKEN_DEPLOYMENT);
      this.#sources.push(folder);
      this.say(`read the copies in ${folder}`);
    }
    for (const log of logNames)
      refills.push(await this.#plan(log, signed.get(log) ?? [], published.get(log) ?? NOTHING));
    await this.#readTokensAgain();
    const written = await this.#write(refills);
    await this.#found.end();
    return {
      logs: refills.map(({ log, size, signed: last }, at) => ({
        ...{ log, size, signed: last?.size ?? 0, written: written[at] ?? 0 },
      })),
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

  /** @throws RecoverRefused where what was found is not what was signed */
  async #plan(log: LogName, signed: readonly Signed[], published: Published): Promise<Refill> {
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
  #write(refills: readonly Refill[]): Promise<readonly number[]> {
    return this.dataSource.transaction(async (manager) => {
      await fenceOthers(manager, this.settings.UNBROKEN_DEPLOYMENT);
      const written: number[] = [];
      for (const one of refills) written.push(await refill(manager, this.#found, one));
      return written;
    });
  }
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
