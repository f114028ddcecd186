// GET /healthz, /readyz, /metrics (docs/protocol, section 8): is it alive, can it work, what has it done.

import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { METRICS_TYPE, metricsText } from './metrics.js';
import { Readiness } from './readiness.js';

@Controller()
export class HealthController {
  readonly #readiness: Readiness;

  constructor(@Inject(Readiness) readiness: Readiness) {
    this.#readiness = readiness;
  }

  /** Answers while the process lives. */
  @Get('healthz')
  alive(): { alive: true } {
    return { alive: true };
  }

  /** 200 when nothing is waited for, else 503; the body lists every check. */
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.#readiness.report();
    await reply.status(report.ready ? 200 : 503).send(report);
  }

  @Get('metrics')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(METRICS_TYPE).send(await metricsText());
  }
}
