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
import { logNames } from './logs.js';
import type { LogName } from './logs.js';
import { OverdueKeeper } from './park/overdue-keeper.js';
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
  readonly witnesses: WitnessList;
  /** Who stamps the logs' checkpoints. */
  readonly authorities: Authorities;
  /** One for each core if left out. */
  readonly threads?: number;
}

export class RunningLedger implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly writer: Writer;
  readonly #pool: VerificationPool;
  readonly #relay: OutboxRelay;
  readonly #producers: Readonly<Record<LogName | 'refused', RawProducer>>;
  readonly #publishers: Readonly<Record<LogName, Publisher>>;
  readonly #stampings: readonly Stamping[];
  readonly #signings: Readonly<Record<LogName, Signing>>;
  readonly #witnessings: Readonly<Record<LogName, Witnessing>>;

  constructor({ dataSource, kafka, clock, settings, transport, keys, authorities, witnesses, threads }: LedgerParts) {
    const deployment = settings.UNBROKEN_DEPLOYMENT;
    const newProducer = () => new RawProducer({ kafka, prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX });
    // One for each road: the sends of one producer wait for each other.
    this.#producers = { registry: newProducer(), 'custody/0': newProducer(), refused: newProducer() };
    const newPublisher = (log: LogName) =>
      new Publisher({ dataSource, producer: this.#producers[log], log, deployment });
    this.#publishers = { registry: newPublisher('registry'), 'custody/0': newPublisher('custody/0') };
    const newWitnessing = (log: LogName) => new Witnessing({ dataSource, log, keys, list: witnesses });
    this.#witnessings = { registry: newWitnessing('registry'), 'custody/0': newWitnessing('custody/0') };
    const outbox = new Outbox();
    const newSigning = (log: LogName) =>
      new Signing({
        dataSource,
        log,
        keys,
        clock,
        outbox,
        rewritten: () => this.writer.endRole(),
        forbidden: () => this.#witnessings[log].forbidden(),
        signed: () => {
          this.#relay.wake();
          this.#witnessings[log].signed();
        },
      });
    this.#signings = { registry: newSigning('registry'), 'custody/0': newSigning('custody/0') };
    const { urls, certificates } = authorities;
    this.#stampings = logNames.flatMap((log) =>
      urls.map((authority) => new Stamping({ dataSource, log, authority, certificates, clock })),
    );
    this.#relay = new OutboxRelay({ dataSource, producer: this.#producers.refused, service: 'ledger' });
    this.#pool = new VerificationPool(threads === undefined ? { deployment } : { deployment, threads });
    this.writer = new Writer({
      dataSource,
      clock,
      outbox,
      pool: this.#pool,
      deployment,
      operator: operatorOf(settings),
      mayWrite: async (heads) => {
        for (const log of logNames) await this.#signings[log].standsBy(heads[log].edge);
      },
      written: (batch) => this.#announce(batch),
    });
    const keeper = new OverdueKeeper(() => this.writer.refuseOverdue());
    const ofLogs = logNames.flatMap((log) => [this.#publishers[log], this.#witnessings[log], this.#signings[log]]);
    const announcing = new AnnounceKeys(this.#producers.registry, keys);
    const hour = settings.UNBROKEN_AUDIT_HOUR;
    const nightly = new NightlyAudit({ dataSource, outbox, relay: this.#relay, clock, settings, hour });
    const duties = [...ofLogs, ...this.#stampings, announcing, keeper, nightly, transport];
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
    await Promise.all(Object.values(this.#producers).map((producer) => producer.close()));
  }

  /** Ready all the same when nothing is signed: tokens are recorded, and their receipts wait. */
  get signing(): ReadinessCheck {
    return {
      name: 'ledger checkpoints',
      check: () => {
        const silent = [...new Set(logNames.flatMap((log) => this.#witnessings[log].silent))];
        const failed = logNames.flatMap(
          (log) => this.#signings[log].failure ?? this.#witnessings[log].contradiction ?? [],
        );
        const [why] = failed;
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
      this.#publishers[batch.log].written(batch);
      this.#signings[batch.log].written();
    }
    if (batch.toRefuse.length > 0) this.#relay.wake();
  }
}

/** A witness that does not answer harms nobody; it is said all the same. */
const allWell = (silent: readonly string[]) =>
  silent.length === 0 ? { ok: true } : { ok: true, why: `not cosigned by ${silent.join('; ')}` };
