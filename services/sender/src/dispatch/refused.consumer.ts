// Hears what the ledger has refused: such a token is on its way to no chain, and the door need not think of it any more.

import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { InjectDataSource } from '@nestjs/typeorm';
import { checkForm, isWellFormed } from '@unbroken/intake';
import type { ProcessParts } from '@unbroken/intake';
import { BatchTransport } from '@unbroken/platform';
import type { CommonSettings, RawMessage } from '@unbroken/platform';
import { DataSource } from 'typeorm';
import { Pending } from './pending.js';

const REFUSED = Symbol('what the ledger refused, for the sender');

@Controller()
export class RefusedConsumer {
  constructor(
    @InjectDataSource('sender') private readonly database: DataSource,
    @Inject(Pending) private readonly pending: Pending,
  ) {}

  /** A batch that comes again finds nothing left to forget; bytes that are no token were never kept. */
  @EventPattern('custody.refused.v1', REFUSED)
  async refused(@Payload() messages: readonly RawMessage[]): Promise<void> {
    const checked = messages.flatMap(({ value }) => (value === null ? [] : [checkForm(value)]));
    const tokens = checked.filter(isWellFormed).map(({ envelope }) => envelope);
    await this.pending.refused(this.database.manager, tokens);
  }
}

/** The consumer's own group: the chains of the same service are another. */
export const refusedTransport = (
  { kafka, producer }: ProcessParts,
  settings: Pick<CommonSettings, 'UNBROKEN_KAFKA_TOPIC_PREFIX'>,
): BatchTransport =>
  new BatchTransport({
    kafka,
    groupId: 'sender.refused',
    transportId: REFUSED,
    prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
    dead: producer,
    fromBeginning: true,
  });
