// Hears who reports that it is alive, and what it has seen.

import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { RawMessage } from '@unbroken/platform';
import { ALERTS_TRANSPORT } from '../transport.js';
import { RecordAlerts } from './record-alerts.js';

@Controller()
export class HeartbeatsConsumer {
  constructor(private readonly record: RecordAlerts) {}

  @EventPattern('platform.heartbeats.v1', ALERTS_TRANSPORT)
  async heard(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.record.hear(messages);
  }
}
