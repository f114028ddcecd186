// What sender, courier and receiver have in common: a door for tokens and a fold of every chain in their own schema.
// What is theirs alone, they add.

import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { ChainStore, RegistryView, searchedChainsMigrations } from '@unbroken/chains';
import { BatchTransport, outboxMigration, serviceDatabase, unhurried } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import type { DataSource, MigrationInterface } from 'typeorm';
import type { IntakeGate } from '../gate.js';
import { intakeModule } from '../intake.module.js';
import { promisedMigration } from '../migrations/promised.js';
import { promisesAskedMigration } from '../migrations/promises-asked.js';
import { receivedMigration } from '../migrations/received.js';
import type { ProcessParts, ServiceRoom } from '../process/service-room.js';
import { chainsConsumer } from './chains.consumer.js';
import { KeptChains } from './kept-chains.js';
import type { Heard } from './kept-chains.js';
import { partyChainsController } from './party-chains.controller.js';

/** Whatever partitions bring at the same time goes into one transaction. */
const PARTITIONS_AT_ONCE = 8;

export interface Role {
  /** The service's name: its prefix, its schema and its consumer group. */
  readonly name: string;
  readonly controllers: readonly Type[];
  readonly providers?: readonly Provider[];
  readonly migrations?: readonly (new () => MigrationInterface)[];
  /** Told of what was folded; see KeptChains. */
  readonly heard?: Heard;
  /** Holds back what must not pass the door; `providers` are its own, beside ChainStore and RegistryView. */
  readonly gate?: { readonly token: Type<IntakeGate>; readonly providers: readonly Provider[] };
}

@Module({})
class RoleModule {}

@Module({})
class ChainsModule {}

@Module({})
class GateModule {}

const nothing: Heard = () => Promise.resolve();

/** A service of this role, to be composed with others or run by itself. */
export function roleService(role: Role, settings: CommonSettings, parts: ProcessParts): ServiceRoom {
  const { name } = role;
  const transportId = Symbol(`${name} chains`);
  const chains = chainsModule(role, transportId);
  const gate = role.gate && { token: role.gate.token, module: gateModule(role.gate, chains) };
  const migrations = [
    outboxMigration,
    receivedMigration,
    promisedMigration,
    promisesAskedMigration,
    ...searchedChainsMigrations,
    ...(role.migrations ?? []),
  ];
  return {
    name,
    answers: true,
    module: {
      module: RoleModule,
      imports: [
        serviceDatabase({ service: name, settings, entities: [], migrations }),
        chains,
        intakeModule({ prefix: name, clock: parts.clock, settings, producer: parts.producer, ...(gate && { gate }) }),
      ],
      controllers: [...role.controllers, partyChainsController(name)],
      providers: [...(role.providers ?? [])],
    },
    transports: () => [
      new BatchTransport({
        kafka: parts.kafka,
        groupId: name,
        transportId,
        prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
        dead: parts.producer,
        fromBeginning: true,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        rest: unhurried,
      }),
    ],
  };
}

const chainsModule = ({ name, heard = nothing }: Role, transportId: symbol): DynamicModule => ({
  module: ChainsModule,
  controllers: [chainsConsumer(transportId)],
  providers: [
    {
      provide: ChainStore,
      inject: [getDataSourceToken(name)],
      useFactory: (dataSource: DataSource) => new ChainStore(dataSource, { searched: true }),
    },
    {
      provide: KeptChains,
      inject: [getDataSourceToken(name), ChainStore, RegistryView],
      useFactory: (dataSource: DataSource, store: ChainStore, view: RegistryView) =>
        new KeptChains(dataSource, store, view, heard),
    },
  ],
  exports: [ChainStore],
});

const gateModule = ({ token, providers }: NonNullable<Role['gate']>, chains: DynamicModule): DynamicModule => ({
  module: GateModule,
  imports: [chains],
  providers: [...providers],
  exports: [token],
});
