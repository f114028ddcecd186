// What a batch handler may know beside the messages.

import { BaseRpcContext } from '@nestjs/microservices';
import type { DeadTopic, Topic } from '@unbroken/contracts';

export interface BatchPosition {
  readonly topic: Topic | DeadTopic;
  readonly partition: number;
  /** The offset the next message written will get: tells how far behind the handler is. */
  readonly highWatermark: string;
}

export class BatchContext extends BaseRpcContext<[BatchPosition]> {
  constructor(readonly position: BatchPosition) {
    super([position]);
  }
}
