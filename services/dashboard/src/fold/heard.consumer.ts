// Hears what the ledger has recorded of shipments, and what the alerts service says of them.

import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Together } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import { DASHBOARD_TRANSPORT } from '../transport.js';
import { Picture } from './picture.js';

@Controller()
export class HeardConsumer {
  readonly #together = new Together<RawMessage>((messages) => this.picture.foldEntries(messages));

  constructor(@Inject(Picture) private readonly picture: Picture) {}

  @EventPattern('custody.recorded.v1', DASHBOARD_TRANSPORT)
  async recorded(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.#together.do(messages);
  }

  @EventPattern('custody.alerts.v1', DASHBOARD_TRANSPORT)
  async alerted(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.picture.keepAlerts(messages);
  }
}
