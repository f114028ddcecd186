// What is refused before any route is found: paths that are none, headers that do not end. Said in the same form as
// everything else that is refused.

import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { Problem } from '../problem/problem.js';

const PROBLEM_JSON = 'application/problem+json';

const badPath = (): Problem =>
  new Problem({
    status: 400,
    code: 'request.path',
    title: 'The path cannot be read',
    detail:
      'The address holds a percent sign that is not followed by two hexadecimal digits of UTF-8, or NUL, or is too long',
    cure: 'Percent-encode the address (RFC 3986, section 2.1), and leave NUL out',
  });

const unreadable = (code: string | undefined): Problem => {
  const isTooLarge = code === 'HPE_HEADER_OVERFLOW';
  const isLate = code === 'ERR_HTTP_REQUEST_TIMEOUT';
  return new Problem({
    status: isTooLarge ? 431 : isLate ? 408 : 400,
    code: 'request.http',
    title: 'The request cannot be read',
    detail: isTooLarge
      ? 'Its headers are larger than 16 KiB'
      : isLate
        ? 'It was not sent to its end within a minute'
        : 'It is not HTTP/1.1',
    cure: isLate ? 'Send it again' : 'Send fewer or shorter headers, and a well-formed request (RFC 9112)',
  });
};

/** No name has NUL in it, and a database takes no text that does. */
export function refuseNul(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.url.includes('%00')) return;
    const problem = badPath();
    await reply.status(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
  });
}

export const refusals: Required<Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'>> = {
  frameworkErrors: (_error, _request, reply) => {
    const problem = badPath();
    reply.raw.writeHead(problem.status, { 'content-type': PROBLEM_JSON }).end(JSON.stringify(problem));
  },
  clientErrorHandler: (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const problem = unreadable(error.code);
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      `Content-Type: ${PROBLEM_JSON}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  },
};
