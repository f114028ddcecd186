// An audit of everything: the logs' rows, trees, tiles and checkpoints in the database, the checkpoints outside it, what
// is on Kafka, and what parties hold themselves. It reads one moment of the database and writes nothing; a ledger may be
// at work meanwhile.

import { basename } from 'node:path';
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
import type { AuditOf, AuditReport } from './audit-report.js';
import { openBundles } from './bundles.js';
import type { OpenedBundle } from './bundles.js';
import { checkCount, publications } from './check-publications.js';
import type { Publication } from './check-publications.js';
import { checkOpenings } from './check-openings.js';
import { checkTopic } from './check-topic.js';
import { checkWaiting } from './check-waiting.js';
import { readCopies } from './copies.js';
import { EndedLogs } from './ended-logs.js';
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
    const written = writtenOf(this.before.logs);
    const rows = new Map((await this.manager.query<LogRow[]>('SELECT * FROM logs')).map((row) => [row.name, row]));
    const heads = await PerLog.ofEach(written, (log) => this.#heads(log));
    const signed = PerLog.of(written, (log) => heads.of(log).map(({ checkpoint }) => checkpoint.size));
    const sizes = PerLog.of(written, (log) => Math.max(Number(rows.get(log)?.size ?? 0), ...signed.of(log)));

    const { walked, judge } = await this.#walk(written, sizes, signed);
    const { testimonies, topics, ended } = await this.#hear(walked, sizes, copies);
    for (const log of written) {
      const { kept } = testimonies.of(log);
      const truth = await truthOf(this.manager, log, {
        walked: walked.of(log),
        heads: heads.of(log),
        testimonies: kept,
      });
      nameFaults({ log, walked: walked.of(log), truth, testimonies: kept }, this.#faults);
      if (truth.basis !== 'testimony') this.#nameRoots(log, walked.of(log), heads.of(log));
      const of = { manager: this.manager, faults: this.#faults, log, origin: originOf(log, deployment) };
      await nameRest(of, walked.of(log), rows.get(log));
    }
    this.#nameUnproven();
    if (judge.knowsKeys) await this.#waiting(judge);
    const endedLogs = await ended.judge();
    await this.#openings(heads.of(this.before.logs.custody));

    const count = this.#faults.count;
    return {
      result: count === 0 ? 'clean' : 'tampered',
      at: rfc3339(this.parts.clock.now()),
      logs: written.map((log) => ({
        log,
        origin: originOf(log, deployment),
        size: sizes.of(log),
        signed: Math.max(0, ...signed.of(log)),
        messages: topics.of(log).messages,
      })),
      ended: endedLogs,
      held: written.reduce((sum, log) => sum + testimonies.of(log).seen - topics.of(log).messages, ended.seen),
      faults: this.#faults.named,
      count,
      kinds: this.#faults.kinds,
      notices: this.#notices,
    };
  }

  /** Reads every entry with its place in tree and tiles, and judges what it says; `cuts` are the sizes whose roots count. */
  async #walk(written: readonly LogName[], sizes: PerLog<number>, cuts: PerLog<readonly number[]>) {
    const judge = new RowJudge({ ...this.parts, found: (fault) => this.#faults.add(fault) });
    const walked = await PerLog.ofEach(written, async (log): Promise<Walked> => {
      const each: WalkOptions['each'] = (rows, different) => {
        this.parts.stopping?.throwIfAborted();
        return judge.judge(log, rows, different);
      };
      const one = await walkLog(this.manager, { log, size: sizes.of(log), cuts: cuts.of(log), each });
      if (log === 'registry') judge.endRegistry();
      return one;
    });
    if (!judge.knowsKeys)
      this.#notices.push('Signatures were not all checked: the registry log, which says whose keys count, is damaged.');
    return { walked, judge };
  }

  /** What Kafka, parties' copies and their bundles say of the entries. */
  async #hear(walked: PerLog<Walked>, sizes: PerLog<number>, copies: readonly string[]) {
    const { parts, manager } = this;
    const { logs, opened } = this.before;
    const written = writtenOf(logs);
    const doubtful = PerLog.of(written, (log) => new Set(walked.of(log).differences.map(({ index }) => index)));
    const inDoubt = (log: LogName, index: number) => doubtful.of(log).has(index);
    const testimonies = PerLog.of(written, () => new Testimonies({ manager, inDoubt, faults: this.#faults }));
    const topics = await PerLog.ofEach(written, (log) => this.#topic(log, sizes.of(log), testimonies.of(log)));
    const successions = await parts.keys.successions.all();
    const ended = new EndedLogs({ ...parts, manager, successions, faults: this.#faults });
    const hear = (log: LogName, held: readonly Held[]) =>
      ended.has(log) ? ended.hear(log, held) : testimonies.of(log).hear(log, held);
    for (const folder of copies) await readCopies(folder, logs, parts.deployment, hear);
    for (const { held } of opened)
      for (const log of allOf(logs)) {
        const ofLog = held.filter((one) => one.log === log);
        await hear(log, ofLog);
      }
    return { testimonies, topics, ended };
  }

  async #openings(heads: readonly SignedHead[]): Promise<void> {
    const { successions, openingsLost: lost } = this.parts.keys;
    const ended = (await successions.all()).map(({ checkpoint }) => ({ checkpoint, where: successions.folder }));
    const of = { manager: this.manager, log: this.before.logs.custody, faults: this.#faults };
    await checkOpenings({ ...of, lost, heads: [...ended, ...heads] });
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

  /** Whether each signed root is the one of the tree; where single entries explain it, they are named instead of it. */
  #nameRoots(log: LogName, walked: Walked, heads: readonly SignedHead[]): void {
    for (const { checkpoint, where } of heads) {
      const { size, root } = checkpoint;
      const made = [walked.tileRoots.get(size), walked.entryRoots.get(size)];
      if (made.some((one) => one !== undefined && Buffer.from(one).equals(root))) continue;
      const says = `a tree of ${size} entries with the root ${hex(made[1])}`;
      const should = `${hex(root)}, which was signed (${where})`;
      this.#say('log.rewritten', 'entries', log, says, should);
    }
  }

  #nameUnproven(): void {
    for (const { log, where, why } of this.before.opened.flatMap(({ unproven }) => unproven)) {
      const says = `a receipt that does not hold: ${why}`;
      this.#say('bundle.false', where, log, says, 'a receipt that the log has signed');
    }
  }

  #say(code: Fault['code'], where: string, log: LogName, says: string, should: string): void {
    this.#faults.add({ code, where, log, index: null, tid: null, says, should });
  }
}

const hex = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? 'none' : Buffer.from(bytes.subarray(-32)).toString('hex').slice(0, 16);
