// Takes raw batches from the token topics. Which log a token belongs to its `sub` says, so both topics are one road.

import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { RawMessage } from '@unbroken/platform';
import { arrivalOf } from '../arrival.js';
import { Writer } from './writer.js';

/** Keeps the ledger's handlers apart from those of other services in the process. */
export const LEDGER_TRANSPORT = Symbol('ledger');

/** The consumer group. */
export const LEDGER_GROUP = 'ledger';

@Controller()
export class TokenConsumer {
  constructor(@Inject(Writer) private readonly writer: Writer) {}

  @EventPattern('registry.tokens.v1', LEDGER_TRANSPORT)
  async ofParties(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.writer.take(messages.map(arrivalOf));
  }

  @EventPattern('custody.tokens.v1', LEDGER_TRANSPORT)
  async ofShipments(@Payload() messages: readonly RawMessage[]): Promise<void> {
    await this.writer.take(messages.map(arrivalOf));
  }
}
