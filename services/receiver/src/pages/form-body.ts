// Forms of pages without script arrive as application/x-www-form-urlencoded. Only the pages' own routes take them: a page of
// another site can send one anywhere, and nothing else here shall listen.

import { Problem } from '@unbroken/platform';
import { tame } from '@unbroken/words';
import type { FastifyInstance } from 'fastify';

const TYPE = 'application/x-www-form-urlencoded';
const LARGEST_FORM = 8 * 1024;

const routesOf = new WeakMap<FastifyInstance, Set<string>>();

/** Call it before the application listens; for each page once. */
export function takeForms(fastify: FastifyInstance, route: string): void {
  const known = routesOf.get(fastify);
  if (known !== undefined) {
    known.add(route);
    return;
  }
  const routes = new Set([route]);
  routesOf.set(fastify, routes);
  fastify.addContentTypeParser(TYPE, { parseAs: 'string', bodyLimit: LARGEST_FORM }, (request, body, done) => {
    if (!routes.has(request.routeOptions.url ?? '')) done(noForms());
    else done(null, filledIn(String(body)));
  });
}

/**
 * What was filled in; a field that was left empty is not there. Phones copy a number with signs of its direction around it,
 * which nobody sees.
 */
function filledIn(body: string): Record<string, string> {
  const fields = [...new URLSearchParams(body)].map(([name, value]): [string, string] => [name, tame(value).trim()]);
  return Object.fromEntries(fields.filter(([, value]) => value !== ''));
}

const noForms = (): Problem =>
  new Problem({
    status: 415,
    code: 'body.media-type',
    title: 'The media type is not taken here',
    detail: `${TYPE} is taken by the pages for finders and guests alone.`,
    cure: 'Send application/json.',
  });
