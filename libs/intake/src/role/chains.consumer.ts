// The consumer of custody.recorded.v1 of one service; each service has its own transport, and so its own group.

import { Controller, Inject } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { RawMessage } from '@unbroken/platform';
import { KeptChains } from './kept-chains.js';

export function chainsConsumer(transportId: symbol): Type {
  @Controller()
  class ChainsConsumer {
    constructor(@Inject(KeptChains) private readonly kept: KeptChains) {}

    @EventPattern('custody.recorded.v1', transportId)
    async fold(@Payload() messages: readonly RawMessage[]): Promise<void> {
      await this.kept.fold(messages);
    }
  }
  return ChainsConsumer;
}
