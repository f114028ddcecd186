// Serves the built web app (services/web) to browsers, whatever screen of it the address names, with headers that let
// it run nothing but its own files.

import compress from '@fastify/compress';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';

const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The page that checks evidence may ask nobody for anything, once its own files are there. */
const ASKS_NOBODY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const VERIFY = '/verify';

const YEAR_S = 365 * 24 * 3600;

/** Whatever looks so is an API's and never a screen, so that a mistyped call is told that it is one. */
const API = /^\/(?:[a-z]+\/v\d+(?:\/|$)|healthz$|readyz$|metrics$)/;

const MISSING = 'The web app is not built yet: run `npm run build`, then load this page again. The API is at work.\n';

/** Where the build of services/web is, whether it is there or not. */
export const webAppDirectory = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@unbroken/web/package.json')), 'dist');

/** Also lets every route answer zipped with `reply.compress`. To be awaited before any route is added. */
export async function serveWebApp(server: FastifyInstance, directory: string): Promise<void> {
  await server.register(compress, { global: false, encodings: ['gzip', 'identity'] });
  await server.register(files, { root: directory, serve: false, cacheControl: false });
  server.get('/*', { compress: {} }, (request, reply) => {
    const path = pathOf(request);
    void reply.headers({
      'content-security-policy': path === VERIFY ? ASKS_NOBODY : POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    if (isFile(join(directory, path))) return sendFile(reply, path);
    if (API.test(path) || !(path === '/' || asksForPage(request))) {
      reply.callNotFound();
      return reply;
    }
    if (path === VERIFY && isFile(join(directory, 'verify.html'))) return sendFile(reply, '/verify.html');
    if (isFile(join(directory, 'index.html'))) return sendFile(reply, '/index.html');
    return reply.status(503).type('text/plain; charset=utf-8').send(MISSING);
  });
}

/** Files below assets/ carry a hash of their content in their names; all others may change with the next build. */
function sendFile(reply: FastifyReply, path: string): FastifyReply {
  const isHashed = path.startsWith('/assets/');
  return reply
    .header('cache-control', isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
    .sendFile(path.slice(1));
}

/** As decoded, and never above the root. */
function pathOf({ url }: FastifyRequest): string {
  const [path = '/'] = url.split('?');
  return normalize(decodeURIComponent(path));
}

/** A person's browser asks for a page by name; programs take anything and are better told that nothing is there. */
const asksForPage = ({ headers }: FastifyRequest): boolean => (headers.accept ?? '').includes('text/html');

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
