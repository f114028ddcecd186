// POST /witness/add-checkpoint: the submission prefix is /witness.

import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Witness } from './witness.js';

/** As much of a Fastify request and reply as is needed here. */
interface Asked {
  readonly body: unknown;
}
interface Reply {
  status(code: number): Reply;
  type(type: string): Reply;
  send(body: string): unknown;
}

@Controller('witness')
export class WitnessController {
  constructor(@Inject(Witness) private readonly witness: Witness) {}

  @Post('add-checkpoint')
  async addCheckpoint(@Req() { body }: Asked, @Res() reply: Reply): Promise<void> {
    const answer = await this.witness.addCheckpoint(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    reply.status(answer.status).type(answer.type).send(answer.body);
  }
}
