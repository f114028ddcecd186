// Hears the ledger for the requests that wait. Each process is alone in a consumer group of its own, so that every
// instance of a service hears everything, whichever of them took the post, and nothing has to be stored or asked. It
// begins at the end of the topics: what was recorded before somebody waited is for GET /ledger/v1/tokens to tell.

import { randomUUID } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { BatchTransport } from '@unbroken/platform';
import type { BatchTransportOptions, RawMessage } from '@unbroken/platform';
import { Outcomes } from './outcomes.js';

const OUTCOMES = Symbol('OUTCOMES');

@Controller()
export class OutcomesConsumer {
  constructor(@Inject(Outcomes) private readonly outcomes: Outcomes) {}

  @EventPattern('custody.recorded.v1', OUTCOMES)
  async custody(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.outcomes.recorded(messages);
  }

  @EventPattern('registry.recorded.v1', OUTCOMES)
  async registry(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.outcomes.recorded(messages);
  }

  @EventPattern('log.checkpoints.v1', OUTCOMES)
  async checkpoints(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.outcomes.checkpoints(messages);
  }

  @EventPattern('custody.refused.v1', OUTCOMES)
  refused(@Payload() messages: readonly RawMessage[]): void {
    this.outcomes.refused(messages);
  }
}

/** All that is recorded passes here, and most of the time nobody waits for any of it; a receipt takes half a second anyway. */
const REST_MS = { whileSomebodyWaits: 50, otherwise: 250 } as const;

/** The transport of the one `outcomesModule` of this process. */
export const outcomesTransport = (
  outcomes: Pick<Outcomes, 'somebodyWaits'>,
  options: Pick<BatchTransportOptions, 'kafka' | 'prefix' | 'dead'>,
): BatchTransport =>
  new BatchTransport({
    ...options,
    rest: () => (outcomes.somebodyWaits ? REST_MS.whileSomebodyWaits : REST_MS.otherwise),
    groupId: `outcomes.${randomUUID()}`,
    transportId: OUTCOMES,
    fromBeginning: false,
    partitionsConsumedConcurrently: 4,
  });
