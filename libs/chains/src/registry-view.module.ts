// The view in Nest: one for the whole process, whichever services run in it.

import { Global, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { createKafka } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import type { KeyId, PartyId } from '@unbroken/tokens';
import { RegistryView } from './registry-view.js';

@Global()
@Module({})
export class RegistryViewModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly view: RegistryView) {}

  onApplicationBootstrap(): void {
    this.view.start();
  }

  /** Before the consumers are closed, so that none of them waits for what will not come any more. */
  async onModuleDestroy(): Promise<void> {
    await this.view.stop();
  }
}

type Settings = Pick<
  CommonSettings,
  'UNBROKEN_KAFKA_BROKERS' | 'UNBROKEN_KAFKA_TOPIC_PREFIX' | 'UNBROKEN_DEPLOYMENT' | 'UNBROKEN_OPERATOR_PARTY'
> &
  Partial<Pick<CommonSettings, 'UNBROKEN_KAFKA_TLS_CA' | 'UNBROKEN_OPERATOR_KID'>>;

/** Provides RegistryView everywhere; whoever composes a process imports it once. */
export function registryViewModule(settings: Settings): DynamicModule {
  const operatorKid = settings.UNBROKEN_OPERATOR_KID as KeyId | undefined;
  const view = new RegistryView({
    kafka: createKafka(settings, 'registry-view'),
    prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
    deployment: settings.UNBROKEN_DEPLOYMENT,
    operator: settings.UNBROKEN_OPERATOR_PARTY as PartyId,
    ...(operatorKid && { operatorKid }),
  });
  return {
    module: RegistryViewModule,
    providers: [{ provide: RegistryView, useValue: view }],
    exports: [RegistryView],
  };
}
