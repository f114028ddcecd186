// Hears what the ledger has recorded of shipments.

import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Together } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import { ALERTS_TRANSPORT } from '../transport.js';
import { Judging } from './judging.js';

@Controller()
export class RecordedConsumer {
  readonly #together = new Together<RawMessage>((messages) => this.judging.judgeBatch(messages));

  constructor(private readonly judging: Judging) {}

  @EventPattern('custody.recorded.v1', ALERTS_TRANSPORT)
  async recorded(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.#together.do(messages);
  }
}
