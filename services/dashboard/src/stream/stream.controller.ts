// GET /dashboard/v1/stream: changes as they happen (docs/protocol, section 8).

import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { Problem } from '@unbroken/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readQuery } from '../chains/read-query.js';
import { Listener } from './listener.js';
import { LiveStream } from './live-stream.js';
import { RETRY } from './messages.js';

const change = z
  .string()
  .regex(/^\d{1,15}$/, 'is not a change number')
  .transform(Number);

/** A page that connects again says in `Last-Event-ID` how far it is; the first time it says so in `after`. */
const streamQuery = z.strictObject({ 'last-event-id': change.optional(), after: change.optional() });

@Controller('dashboard/v1')
export class StreamController {
  constructor(@Inject(LiveStream) private readonly stream: LiveStream) {}

  @Get('stream')
  open(
    @Headers('last-event-id') last: string | undefined,
    @Query() given: Readonly<Record<string, unknown>>,
    @Res() reply: FastifyReply,
  ): void {
    const query = readQuery(streamQuery, last ? { ...given, 'last-event-id': last } : given);
    if (this.stream.isStopping) throw stopping();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      // Its line is good for nothing else afterwards, and one that is kept would hold up the service's end.
      connection: 'close',
    });
    raw.write(RETRY);
    const listener = new Listener(raw, query['last-event-id'] ?? query.after, this.stream.wake);
    raw.once('close', this.stream.add(listener));
  }
}

const stopping = (): Problem =>
  new Problem({
    status: 503,
    code: 'stream.stopping',
    title: 'The service is stopping',
    detail: 'No new stream is begun while the service stops',
    cure: 'Connect again in a second',
  });
