// Hears which promises have fallen due, and remembers those that were not kept.

import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { promisesDue } from '@unbroken/contracts';
import type { PromisesDue } from '@unbroken/contracts';
import { PoisonMessage } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { LEDGER_TRANSPORT } from '../append/token-consumer.js';
import { LEDGER_DATABASE } from '../prove/ledger.controller.js';
import { noteOverdue } from './overdue-tokens.js';

@Controller()
export class DueConsumer {
  constructor(@Inject(LEDGER_DATABASE) private readonly dataSource: DataSource) {}

  @EventPattern('promises.due.v1', LEDGER_TRANSPORT)
  async due(@Payload() messages: readonly RawMessage[]): Promise<void> {
    const all = messages.map(dueIn);
    for (const { service, tokens } of all) await noteOverdue(this.dataSource, service, tokens);
  }
}

function dueIn({ value, offset }: RawMessage): PromisesDue {
  try {
    return promisesDue.parse(JSON.parse(value?.toString('utf8') ?? ''));
  } catch {
    throw new PoisonMessage(offset, 'not promises that are due');
  }
}
