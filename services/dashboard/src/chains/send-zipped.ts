// A table of chains is mostly repetition: sent zipped to whoever takes it so.

import '@fastify/compress';
import type { FastifyReply } from 'fastify';

/** Needs @fastify/compress on the server; see ../site. */
export function sendZipped(reply: FastifyReply, body: object): void {
  void reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
  reply.compress(JSON.stringify(body));
}
