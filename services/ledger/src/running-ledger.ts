// Everything of the ledger that runs beside requests, joined, and its life: started with the application, stopped
// before its database is closed.

import type { OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Outbox, OutboxRelay, RawProducer } from '@unbroken/platform';
import type { Clock, CommonSettings, ReadinessCheck } from '@unbroken/platform';
import type { Kafka } from 'kafkajs';
import type { DataSource } from 'typeorm';
import type { Batch } from './append/batch.js';
import { Writer } from './append/writer.js';
import { NightlyAudit } from './audit/nightly-audit.js';
import type { Duty } from './append/writer.js';
import { operatorOf } from './keys/operator.js';
import { writtenOf } from './logs.js';
import type { LogName, Logs } from './logs.js';
import { PerLog } from './per-log.js';
import { committedOpenings } from './openings/committed-openings.js';
import { Sealing } from './openings/opening-days.js';
import { OverdueKeeper } from './park/overdue-keeper.js';
import { PromiseWatch } from './promises/promise-watch.js';
import { Publisher } from './publish/publisher.js';
import { AnnounceKeys } from './sign/announce-keys.js';
import type { LogKeys } from './sign/log-keys.js';
import { Signing } from './sign/signing.js';
import type { WitnessList } from './witness/witness-list.js';
import { Witnessing } from './witness/witnessing.js';
import type { Authorities } from './stamp/authorities.js';
import { Stamping } from './stamp/stamping.js';
import { VerificationPool } from './verify/verification-pool.js';

export interface LedgerParts {
  readonly dataSource: DataSource;
  readonly kafka: Kafka;
  readonly clock: Clock;
  readonly settings: CommonSettings;
  /** What takes tokens from the topics. */
  readonly transport: Duty;
  readonly keys: LogKeys;
  /** As the state folder has them when the process starts; where another goes on, it says so and is started again. */
  readonly logs: Logs;
  readonly witnesses: WitnessList;
  /** Who stamps the logs' checkpoints. */
  readonly authorities: Authorities;
  /** As many as there may be; one for each core if left out. */
  readonly threads?: number;
}

export class RunningLedger implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly writer: Writer;
  readonly #pool: VerificationPool;
  readonly #relay: OutboxRelay;
  readonly #producers: PerLog<RawProducer>;
  readonly #refusing: RawProducer;
  readonly #publishers: PerLog<Publisher>;
  readonly #stampings: readonly Stamping[];
  readonly #signings: PerLog<Signing>;
  readonly #witnessings: PerLog<Witnessing>;

  constructor(parts: LedgerParts) {
    const { dataSource, kafka, clock, settings, transport, keys, logs, authorities, witnesses, threads } = parts;
    const written = writtenOf(logs);
    const deployment = settings.UNBROKEN_DEPLOYMENT;
    const newProducer = () => new RawProducer({ kafka, prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX });
    // One for each road: the sends of one producer wait for each other.
    this.#producers = PerLog.of(written, newProducer);
    this.#refusing = newProducer();
    this.#publishers = PerLog.of(written, (log) => {
      const ended = log === 'registry' ? [] : logs.ended;
      return new Publisher({ dataSource, producer: this.#producers.of(log), log, ended, deployment });
    });
    this.#witnessings = PerLog.of(written, (log) => new Witnessing({ dataSource, log, keys, list: witnesses }));
    const outbox = new Outbox();
    const newSigning = (log: LogName) =>
      new Signing({
        dataSource,
        log,
        keys,
        clock,
        outbox,
        ...(log === 'registry' ? {} : { commits: (before) => committedOpenings(dataSource, keys, before) }),
        rewritten: () => this.writer.endRole(),
        forbidden: () => this.#witnessings.of(log).forbidden(),
        signed: () => {
          this.#relay.wake();
          this.#witnessings.of(log).signed();
        },
      });
    this.#signings = PerLog.of(written, newSigning);
    const { urls, certificates } = authorities;
    this.#stampings = written.flatMap((log) =>
      urls.map((authority) => new Stamping({ dataSource, log, authority, certificates, clock })),
    );
    this.#relay = new OutboxRelay({ dataSource, producer: this.#refusing, service: 'ledger' });
    this.#pool = new VerificationPool(threads === undefined ? { deployment } : { deployment, threads });
    this.writer = new Writer({
      dataSource,
      clock,
      outbox,
      pool: this.#pool,
      deployment,
      logs,
      operator: operatorOf(settings),
      mayWrite: async (heads) => {
        for (const log of written) await this.#signings.of(log).standsBy(heads.of(log).edge);
      },
      written: (batch) => this.#announce(batch),
    });
    const keeper = new OverdueKeeper(() => this.writer.refuseOverdue());
    const ofLogs = [...this.#publishers.all, ...this.#witnessings.all, ...this.#signings.all];
    const announcing = new AnnounceKeys(this.#producers.of('registry'), keys);
    const hour = settings.UNBROKEN_AUDIT_HOUR;
    const nightly = new NightlyAudit({ dataSource, outbox, relay: this.#relay, clock, settings, hour });
    const promises = new PromiseWatch({ dataSource, outbox, relay: this.#relay, clock });
    const sealing = new Sealing({ dataSource, clock });
    const duties = [...ofLogs, sealing, ...this.#stampings, announcing, keeper, nightly, promises, transport];
    for (const duty of duties) this.writer.addDuty(duty);
  }

  async onModuleInit(): Promise<void> {
    await this.#pool.start();
  }

  onApplicationBootstrap(): void {
    this.writer.start();
    this.#relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.writer.stop();
    await this.#relay.stop();
    await this.#pool.close();
    await Promise.all([...this.#producers.all, this.#refusing].map((producer) => producer.close()));
  }

  /** Ready all the same when nothing is signed: tokens are recorded, and their receipts wait. */
  get signing(): ReadinessCheck {
    return {
      name: 'ledger checkpoints',
      check: () => {
        const silent = [...new Set(this.#witnessings.all.flatMap((one) => one.silent))];
        const [why] = [...this.#signings.all, ...this.#witnessings.all].flatMap((one) => whyOf(one) ?? []);
        return Promise.resolve(why === undefined ? allWell(silent) : { ok: true, why: `nothing is signed: ${why}` });
      },
    };
  }

  /** Ready all the same: what is missing is evidence, and it is said. */
  get stamping(): ReadinessCheck {
    return {
      name: 'ledger timestamps',
      check: () => {
        const [why] = this.#stampings.flatMap(({ failure }) => failure ?? []);
        return Promise.resolve(why === undefined ? { ok: true } : { ok: true, why });
      },
    };
  }

  #announce(batch: Batch): void {
    if (batch.entries.length > 0) {
      this.#publishers.of(batch.log).written(batch);
      this.#signings.of(batch.log).written();
    }
    if (batch.toRefuse.length > 0) this.#relay.wake();
  }
}

const whyOf = (one: Signing | Witnessing): string | undefined =>
  one instanceof Signing ? one.failure : one.contradiction;

/** A witness that does not answer harms nobody; it is said all the same. */
const allWell = (silent: readonly string[]) =>
  silent.length === 0 ? { ok: true } : { ok: true, why: `not cosigned by ${silent.join('; ')}` };
