// The registry service: the door for party chains, admission, and what parties, keys and policies there are.

import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { RegistryView } from '@unbroken/chains';
import { Intake, intakeModule, promisedMigration, promisesAskedMigration, receivedMigration } from '@unbroken/intake';
import type { MakeService } from '@unbroken/intake';
import { BatchTransport, OutboxRelay, Readiness, outboxMigration, serviceDatabase } from '@unbroken/platform';
import type { PartyId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { ADMISSION, AdmissionConsumer } from './admission/admission.consumer.js';
import { Admission } from './admission/admission.js';
import { Policies1763700200000 } from './migrations/policies.js';
import { PartiesController } from './parties/parties.controller.js';
import { PoliciesController } from './policies/policies.controller.js';
import { Policies } from './policies/policies.js';

const name = 'registry';

@Module({})
class RegistryModule {}

@Module({})
class AdmissionModule {}

export const registryService: MakeService = (settings, { clock, kafka, producer }) => {
  const intake = intakeModule({ prefix: name, clock, settings, producer });
  const byItself = settings.UNBROKEN_ADMISSION === 'automatic';
  const admission: DynamicModule = {
    module: AdmissionModule,
    imports: [intake],
    controllers: [AdmissionConsumer],
    providers: [
      {
        provide: Admission,
        inject: [Intake, RegistryView, Readiness],
        useFactory: (door: Intake, view: RegistryView, readiness: Readiness) => {
          const operator = settings.UNBROKEN_OPERATOR_PARTY as PartyId;
          const made = new Admission({ intake: door, view, clock, operator, stateDir: settings.UNBROKEN_STATE_DIR });
          readiness.register(made.readiness);
          return made;
        },
      },
    ],
  };
  return {
    name,
    answers: true,
    module: {
      module: RegistryModule,
      imports: [
        serviceDatabase({
          service: name,
          settings,
          entities: [],
          migrations: [
            outboxMigration,
            receivedMigration,
            promisedMigration,
            promisesAskedMigration,
            Policies1763700200000,
          ],
        }),
        intake,
        ...(byItself ? [admission] : []),
      ],
      controllers: [PartiesController, PoliciesController],
      providers: [
        {
          provide: Policies,
          inject: [getDataSourceToken(name), OutboxRelay],
          useFactory: (database: DataSource, relay: OutboxRelay) => new Policies(database, relay),
        },
      ],
    },
    transports: () =>
      byItself
        ? [
            new BatchTransport({
              kafka,
              groupId: name,
              transportId: ADMISSION,
              prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
              dead: producer,
              fromBeginning: true,
            }),
          ]
        : [],
  };
};
