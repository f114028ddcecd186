// An audit of everything: the logs' rows, trees, tiles and checkpoints in the database, the checkpoints outside it, what
// is on Kafka, and what parties hold themselves. It reads one moment of the database and writes nothing; a ledger may be
// at work meanwhile.

import { basename } from 'node:path';
import { readTrustPolicy } from '@unbroken/tlog';
import type { TrustPolicy } from '@unbroken/tlog';
import type { Clock } from '@unbroken/platform';
import type { Kafka } from 'kafkajs';
import type { DataSource, EntityManager } from 'typeorm';
import type { OperatorPin } from '../keys/operator.js';
import { allOf, originOf, recordedTopic, writtenOf } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { PerLog } from '../per-log.js';
import { topicEnds } from '../publish/read-recorded.js';
import type { TopicEnds } from '../publish/read-recorded.js';
import { rfc3339 } from '../rfc3339.js';
import type { LogKeys } from '../sign/log-keys.js';
import type { VerificationPool } from '../verify/verification-pool.js';
import { checkCount, publications } from './check-publications.js';
import type { Publication } from './check-publications.js';
import { checkTopic } from './check-topic.js';
import { checkWaiting } from './check-waiting.js';
import { openBundle, readCopies } from './copies.js';
import type { OpenedBundle } from './copies.js';
import { EndedLogs } from './ended-logs.js';
import type { EndedLog } from './ended-logs.js';
import { Faults } from './fault.js';
import type { Fault } from './fault.js';
import { RowJudge } from './judge-rows.js';
import { nameFaults } from './name-faults.js';
import { nameRest } from './name-rest.js';
import type { LogRow } from './name-rest.js';
import { signedHeads } from './signed-heads.js';
import type { SignedHead } from './signed-heads.js';
import { truthOf } from './truth.js';
import { walkLog } from './walk-log.js';
import type { WalkOptions, Walked } from './walk-log.js';
import { Testimonies } from './witness.js';
import type { Held } from './witness.js';

export interface AuditParts {
  readonly dataSource: DataSource;
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly deployment: string;
  readonly operator: OperatorPin;
  readonly keys: LogKeys;
  /** Its own: it learns every key there is. */
  readonly pool: VerificationPool;
  readonly clock: Clock;
  /** Aborted: nobody waits for the answer any more. */
  readonly stopping?: AbortSignal;
}

export interface AuditOf {
  /** Folders with parties' own copies. */
  readonly copies: readonly string[];
  /** Evidence bundles. */
  readonly bundles: readonly string[];
}

export interface AuditReport {
  readonly result: 'clean' | 'tampered';
  /** RFC 3339. */
  readonly at: string;
  /** Those that are written. */
  readonly logs: readonly {
    readonly log: LogName;
    readonly origin: string;
    readonly size: number;
    /** How many of them a checkpoint covers. */
    readonly signed: number;
    readonly messages: number;
  }[];
  /** Those that have ended, with what was lost of them. */
  readonly ended: readonly EndedLog[];
  /** Entries that parties' copies and bundles hold. */
  readonly held: number;
  readonly faults: readonly Fault[];
  /** All of them, those that are not named too. */
  readonly count: number;
  /** What is worth knowing and no fault. */
  readonly notices: readonly string[];
}

/** @throws AuditImpossible for a copy that cannot be read; whatever database, Kafka or files fail with */
export async function audit(parts: AuditParts, { copies, bundles }: AuditOf): Promise<AuditReport> {
  const { dataSource, keys, deployment } = parts;
  // In this order: what is outside was signed of what is committed, and what is published was committed before.
  const logs = await keys.successions.logs();
  const written = writtenOf(logs);
  const kept = await PerLog.ofEach(written, (log) => keys.outside(log).last());
  const published = await publications(dataSource.manager);
  const place = { kafka: parts.kafka, prefix: parts.prefix };
  const ends = await PerLog.ofEach(written, (log) => topicEnds({ ...place, topic: recordedTopic(log) }));
  const opened = await openBundles(parts, logs, bundles);
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('SET TRANSACTION READ ONLY');
    return new Auditing(parts, manager, { logs, kept, published, ends, opened }).run(copies, deployment);
  });
}

interface Before {
  readonly logs: Logs;
  readonly kept: PerLog<Awaited<ReturnType<ReturnType<LogKeys['outside']>['last']>>>;
  readonly published: ReadonlyMap<string, Publication>;
  readonly ends: PerLog<TopicEnds>;
  readonly opened: readonly OpenedBundle[];
}

class Auditing {
  readonly #faults = new Faults();
  readonly #notices: string[] = [];

  constructor(
    private readonly parts: AuditParts,
    private readonly manager: EntityManager,
    private readonly before: Before,
  ) {}

  async run(copies: readonly string[], deployment: string): Promise<AuditReport> {
    const { parts, manager } = this;
    const written = writtenOf(this.before.logs);
    const rows = new Map((await manager.query<LogRow[]>('SELECT * FROM logs')).map((row) => [row.name, row]));
    const heads = await PerLog.ofEach(written, (log) => this.#heads(log));
    const sizes = PerLog.of(written, (log) =>
      Math.max(Number(rows.get(log)?.size ?? 0), ...heads.of(log).map(({ checkpoint }) => checkpoint.size)),
    );
    const judge = new RowJudge({ ...parts, found: (fault) => this.#faults.add(fault) });
    const walked = await PerLog.ofEach(written, async (log): Promise<Walked> => {
      const cuts = heads.of(log).map(({ checkpoint }) => checkpoint.size);
      const each: WalkOptions['each'] = (rows, different) => {
        parts.stopping?.throwIfAborted();
        return judge.judge(log, rows, different);
      };
      const one = await walkLog(manager, { log, size: sizes.of(log), cuts, each });
      if (log === 'registry') judge.endRegistry();
      return one;
    });
    if (!judge.knowsKeys)
      this.#notices.push('Signatures were not all checked: the registry log, which says whose keys count, is damaged.');
    const doubtful = PerLog.of(written, (log) => new Set(walked.of(log).differences.map(({ index }) => index)));
    const inDoubt = (log: LogName, index: number) => doubtful.of(log).has(index);
    const testimonies = PerLog.of(written, () => new Testimonies({ manager, inDoubt, faults: this.#faults }));
    const ends = await PerLog.ofEach(written, (log) => this.#topic(log, sizes.of(log), testimonies.of(log)));
    const successions = await parts.keys.successions.all();
    const ended = new EndedLogs({ ...parts, manager, successions, faults: this.#faults });
    const hear = (log: LogName, held: readonly Held[]) =>
      ended.has(log) ? ended.hear(log, held) : testimonies.of(log).hear(log, held);
    for (const folder of copies) await readCopies(folder, this.before.logs, deployment, hear);
    for (const { held } of this.before.opened)
      for (const log of allOf(this.before.logs))
        await hear(
          log,
          held.filter((one) => one.log === log),
        );
    for (const log of written) {
      const { kept } = testimonies.of(log);
      const [walkedOne, signed] = [walked.of(log), heads.of(log)];
      const truth = await truthOf(manager, log, { walked: walkedOne, heads: signed, testimonies: kept });
      nameFaults({ log, walked: walkedOne, truth, testimonies: kept }, this.#faults);
      this.#nameRoots(log, walkedOne, signed, truth.basis === 'testimony');
      await nameRest(
        { manager, faults: this.#faults, log, origin: originOf(log, deployment) },
        walkedOne,
        rows.get(log),
      );
    }
    for (const { unproven } of this.before.opened)
      for (const { log, where, why } of unproven)
        this.#say(
          'bundle.false',
          where,
          log,
          `a receipt that does not hold: ${why}`,
          'a receipt that the log has signed',
        );
    if (judge.knowsKeys) await this.#waiting(judge);
    const endedLogs = await ended.judge();
    const count = this.#faults.count;
    return {
      result: count === 0 ? 'clean' : 'tampered',
      at: rfc3339(parts.clock.now()),
      logs: written.map((log) => ({
        log,
        origin: originOf(log, deployment),
        size: sizes.of(log),
        signed: Math.max(0, ...heads.of(log).map(({ checkpoint }) => checkpoint.size)),
        messages: ends.of(log).messages,
      })),
      ended: endedLogs,
      held: written.reduce((sum, log) => sum + testimonies.of(log).seen - ends.of(log).messages, ended.seen),
      faults: this.#faults.named,
      count,
      notices: this.#notices,
    };
  }

  async #heads(log: LogName): Promise<SignedHead[]> {
    const { keys } = this.parts;
    const [row] = await this.manager.query<{ note: string; size: string }[]>(
      'SELECT note, size FROM checkpoints WHERE log = $1',
      [log],
    );
    const kept = this.before.kept.of(log);
    const notes = { log, keyPath: keys.path(log), key: await keys.ifThere(log), stored: row?.note, kept };
    const { heads, faults } = await signedHeads(notes);
    for (const fault of faults) this.#faults.add(fault);
    if (row !== undefined) await this.#nameStored(log, Number(row.size), heads);
    const ofBundles = this.before.opened.flatMap(({ checkpoints }) => checkpoints.filter((one) => one.log === log));
    return [...heads, ...ofBundles];
  }

  /** The one outside is written first, so that it is never older than the one in the database. */
  async #nameStored(log: LogName, size: number, heads: readonly SignedHead[]): Promise<void> {
    const stored = heads.find(({ where }) => where === 'checkpoints')?.checkpoint.size;
    if (stored !== undefined && stored !== size)
      this.#say('checkpoint.changed', 'checkpoints', log, `size ${size}`, `size ${stored}, as its note says`);
    const outside = this.parts.keys.outside(log);
    const kept = await outside.last();
    const keptSize = kept === undefined ? 0 : Number(basename(kept.path));
    if (stored !== undefined && keptSize < stored)
      this.#say(
        'checkpoint.changed',
        kept?.path ?? outside.folder,
        log,
        `one of ${keptSize} entries`,
        `that of ${stored}`,
      );
  }

  async #topic(log: LogName, size: number, testimonies: Testimonies) {
    const { kafka, prefix, deployment, clock } = this.parts;
    const publication = this.before.published.get(log) ?? { entries: 0, messages: 0 };
    const published = publication.entries;
    const isAtWork = await this.#isAtWork();
    const behind = checkCount(log, publication, this.before.ends.of(log), this.#faults);
    if (behind !== undefined && !isAtWork) this.#notices.push(behind);
    if (published > size)
      this.#say('cursor.ahead', 'publications', log, `published ${published}`, `at most ${size}: the log has no more`);
    const checked = await checkTopic({
      ...{ manager: this.manager, log, deployment, place: { kafka, prefix }, ends: this.before.ends.of(log) },
      ...{ published, size, now: clock.now(), testimonies, faults: this.#faults },
    });
    if (published < checked.end && !isAtWork)
      this.#notices.push(
        `publications: ${log} says ${published}, and its topic goes up to ${checked.end}. It was set back, or a crash came ` +
          'between the two: the next start publishes those entries again, and readers pass them over.',
      );
    return checked;
  }

  /** Where keys are in doubt nobody can say what they would decide. */
  async #waiting({ registry }: RowJudge): Promise<void> {
    const { pool, deployment, clock } = this.parts;
    const at = { now: clock.now(), isAtWork: await this.#isAtWork() };
    const check = {
      manager: this.manager,
      faults: this.#faults,
      registry,
      pool,
      deployment,
      custody: this.before.logs.custody,
      ...at,
    };
    this.#notices.push(...(await checkWaiting(check)));
  }

  async #isAtWork(): Promise<boolean> {
    const [row] = await this.manager.query<{ held: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM pg_locks, hashtextextended(current_schema() || '.writer', 0) AS lock
         WHERE locktype = 'advisory' AND granted AND objsubid = 1
           AND ((classid::bigint << 32) | objid::bigint) = lock
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS held`,
    );
    return row?.held === true;
  }

  /** Whether each signed root is the one of the tree; where single entries explain it, they are named instead. */
  #nameRoots(log: LogName, walked: Walked, heads: readonly SignedHead[], isExplained: boolean): void {
    if (isExplained) return;
    for (const { checkpoint, where } of heads) {
      const { size, root } = checkpoint;
      const made = [walked.tileRoots.get(size), walked.entryRoots.get(size)];
      if (made.some((one) => one !== undefined && Buffer.from(one).equals(root))) continue;
      const says = `a tree of ${size} entries with the root ${hex(made[1])}`;
      const should = `${hex(root)}, which was signed (${where})`;
      this.#say('log.rewritten', 'entries', log, says, should);
    }
  }

  #say(code: Fault['code'], where: string, log: LogName, says: string, should: string): void {
    this.#faults.add({ code, where, log, index: null, tid: null, says, should });
  }
}

const hex = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? 'none' : Buffer.from(bytes.subarray(-32)).toString('hex').slice(0, 16);

async function openBundles(
  { keys, deployment }: AuditParts,
  known: Logs,
  paths: readonly string[],
): Promise<OpenedBundle[]> {
  if (paths.length === 0) return [];
  const logs: { readonly origin: string; readonly vkey: string }[] = [];
  for (const log of allOf(known)) {
    const key = await keys.ifThere(log);
    if (key !== undefined) logs.push({ origin: originOf(log, deployment), vkey: key.vkey });
  }
  const policy: TrustPolicy = readTrustPolicy({ logs, witnesses: [], quorum: 0 });
  const opened: OpenedBundle[] = [];
  for (const path of paths) opened.push(await openBundle(path, known, deployment, policy));
  return opened;
}
