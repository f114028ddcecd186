// Hears what was opened in other services.

import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { openings } from '@unbroken/contracts';
import type { Openings } from '@unbroken/contracts';
import { PoisonMessage } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { LEDGER_TRANSPORT } from '../append/token-consumer.js';
import { LEDGER_DATABASE } from '../prove/ledger.controller.js';
import { keepOpenings } from './opening-rows.js';

@Controller()
export class OpeningsConsumer {
  constructor(@Inject(LEDGER_DATABASE) private readonly dataSource: DataSource) {}

  @EventPattern('platform.openings.v1', LEDGER_TRANSPORT)
  async opened(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await keepOpenings(
      this.dataSource,
      messages.flatMap((message) => openingsIn(message).openings),
    );
  }
}

function openingsIn({ value, offset }: RawMessage): Openings {
  try {
    return openings.parse(JSON.parse(value?.toString('utf8') ?? ''));
  } catch {
    throw new PoisonMessage(offset, 'not what somebody opened');
  }
}
