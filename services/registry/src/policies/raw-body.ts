// The bytes of a JSON body as they came. A policy is named by the hash of its bytes, and parsing and writing it again
// would name another document.

import type { FastifyInstance, FastifyRequest } from 'fastify';

const bodies = new WeakMap<FastifyRequest, Buffer[]>();

/** Keeps the bodies posted to this route until their requests are gone. Call it before the application listens. */
export function keepRawBodies(fastify: FastifyInstance, route: string): void {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    if (request.routeOptions.url === route) {
      const chunks: Buffer[] = [];
      bodies.set(request, chunks);
      payload.on('data', (chunk: Buffer) => chunks.push(chunk));
    }
    done(null, payload);
  });
}

/** The body of a request to such a route. */
export const rawBody = (request: FastifyRequest): Buffer => Buffer.concat(bodies.get(request) ?? []);
