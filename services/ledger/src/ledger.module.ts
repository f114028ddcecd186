// The rooms of the ledger, joined. The process also holds `registryViewModule`.

import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { RegistryView } from '@unbroken/chains';
import { Openings, Readers } from '@unbroken/intake';
import type { ProcessParts } from '@unbroken/intake';
import { CLOCK, Readiness, serviceDatabase } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { TokenConsumer } from './append/token-consumer.js';
import { Writer } from './append/writer.js';
import type { Duty } from './append/writer.js';
import { ledgerMigrations } from './migrations/index.js';
import { keepOpenings } from './openings/opening-rows.js';
import { OpeningsConsumer } from './openings/openings.consumer.js';
import { OpeningsController } from './openings/openings.controller.js';
import { DueConsumer } from './promises/due.consumer.js';
import { Auditors } from './prove/auditors.js';
import { Chains } from './prove/chains.js';
import { LEDGER_DATABASE, LedgerController } from './prove/ledger.controller.js';
import { LogController } from './prove/log.controller.js';
import { Evidence } from './prove/evidence.js';
import { PdfMaker } from './prove/pdf/pdf-maker.js';
import { Trust } from './prove/trust.js';
import { authoritiesIn } from './stamp/authorities.js';
import type { Authorities } from './stamp/authorities.js';
import { Receipts } from './prove/receipts.js';
import type { Logs } from './logs.js';
import { LogKeys } from './sign/log-keys.js';
import { LOGS, logsUnder } from './succeed/logs-under.js';
import { RunningLedger } from './running-ledger.js';
import { WITNESS_LIST, readWitnessList } from './witness/witness-list.js';
import type { WitnessList } from './witness/witness-list.js';

@Module({})
class LedgerModule {}

const DATABASE = getDataSourceToken('ledger');
const AUTHORITIES = Symbol('time-stamping authorities');
const READINESS = Symbol('readiness of the ledger');

const newTrust =
  (witnesses: WitnessList) =>
  (view: RegistryView, keys: LogKeys, authorities: Authorities): Trust =>
    new Trust(view, keys, { authorities, witnesses });

/** The writer's own connections, and enough for those who ask meanwhile. */
const CONNECTIONS = 12;

export function ledgerModule(
  settings: CommonSettings,
  { clock, kafka }: Pick<ProcessParts, 'clock' | 'kafka'>,
  transport: Duty,
): DynamicModule {
  const witnesses = readWitnessList(settings);
  const providers: Provider[] = [
    { provide: WITNESS_LIST, useValue: witnesses },
    { provide: LogKeys, useValue: new LogKeys(settings.UNBROKEN_STATE_DIR, settings.UNBROKEN_DEPLOYMENT) },
    {
      provide: RunningLedger,
      inject: [DATABASE, LogKeys, LOGS, AUTHORITIES],
      useFactory: (dataSource: DataSource, keys: LogKeys, logs: Logs, authorities: Authorities) =>
        new RunningLedger({ dataSource, kafka, clock, settings, transport, keys, logs, authorities, witnesses }),
    },
    { provide: LOGS, useFactory: () => logsUnder(settings) },
    { provide: AUTHORITIES, useFactory: () => authoritiesIn(settings) },
    { provide: Trust, inject: [RegistryView, LogKeys, AUTHORITIES], useFactory: newTrust(witnesses) },
    { provide: Writer, inject: [RunningLedger], useFactory: ({ writer }: RunningLedger) => writer },
    { provide: LEDGER_DATABASE, useExisting: DATABASE },
    { provide: CLOCK, useValue: clock },
    { provide: Auditors, inject: [RegistryView], useFactory: (view: RegistryView) => new Auditors(view, clock) },
    { provide: Readers, inject: [RegistryView], useFactory: (view: RegistryView) => new Readers(view, clock) },
    {
      provide: Openings,
      inject: [DATABASE],
      useFactory: (dataSource: DataSource) => new Openings((some) => keepOpenings(dataSource, some), clock),
    },
    { provide: PdfMaker, useValue: new PdfMaker() },
    {
      provide: Chains,
      inject: [DATABASE, RegistryView],
      useFactory: (dataSource: DataSource, view: RegistryView) => new Chains(dataSource, view, clock),
    },
    {
      provide: Receipts,
      inject: [DATABASE, LOGS],
      useFactory: (dataSource: DataSource, logs: Logs) => new Receipts(dataSource, logs),
    },
    {
      provide: Evidence,
      inject: [DATABASE, Chains, RegistryView, Receipts, LogKeys, LOGS, Trust],
      useFactory: (
        dataSource: DataSource,
        chains: Chains,
        view: RegistryView,
        receipts: Receipts,
        keys: LogKeys,
        logs: Logs,
        trust: Trust,
      ) => new Evidence({ dataSource, chains, view, receipts, keys, logs, trust, witnesses }),
    },
    {
      provide: READINESS,
      inject: [Readiness, DATABASE, RunningLedger],
      useFactory: (readiness: Readiness, dataSource: DataSource, { writer, signing, stamping }: RunningLedger) =>
        readiness.register(writer.readiness, signing, stamping, {
          name: 'ledger postgres',
          check: async () => {
            await dataSource.query('SELECT 1');
            return { ok: true };
          },
        }),
    },
  ];
  const migrations = [...ledgerMigrations];
  return {
    module: LedgerModule,
    imports: [serviceDatabase({ service: 'ledger', settings, entities: [], migrations, poolSize: CONNECTIONS })],
    controllers: [LedgerController, LogController, OpeningsController, TokenConsumer, DueConsumer, OpeningsConsumer],
    providers,
  };
}
