// One address for services that are a process each: routes by the first part of the path and passes bodies on as they
// come, in both directions, so that uploads and event streams work.
import { Agent, createServer, request } from 'node:http';

/** RFC 9110 section 7.6.1: these belong to one connection and are not passed on. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Pages for people without an account, by the service that serves them. @type {Record<string, string>} */
const pages = { found: 'receiver', guest: 'receiver' };

/**
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {Record<string, number>} Routes first part of the path → port on 127.0.0.1
 */

/**
 * @param {Routes} routes
 * @param {number} port
 * @returns {Promise<{ close: () => Promise<void> }>} listening
 */
export async function startProxy(routes, port) {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const first = (incoming.url ?? '').split(/[/?]/)[1] ?? '';
    const target = routes[pages[first] ?? first];
    if (target !== undefined) return forward(incoming, outgoing, target, agent);
    if (first === 'healthz') return answer(outgoing, 200, { status: 'ok' });
    if (first === 'readyz') return void answerReadiness(outgoing, routes);
    // The pages, and what they are made of.
    if (routes['dashboard'] !== undefined) return forward(incoming, outgoing, routes['dashboard'], agent);
    return problem(outgoing, 404, 'route.unknown', `No service answers at /${first}`, `use ${known(routes)}`);
  });
  // Long uploads and event streams have no time limit of their own here; the services set theirs.
  server.requestTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

/**
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 * @param {number} port
 * @param {Agent} agent
 */
function forward(incoming, outgoing, port, agent) {
  const { method, url } = incoming;
  const headers = { ...endToEnd(incoming), 'x-forwarded-for': askedBy(incoming) };
  const options = { host: '127.0.0.1', port, method, path: url, agent, headers };
  const upstream = request(options, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, endToEnd(response));
    response.pipe(outgoing);
    response.once('error', () => outgoing.destroy());
  });
  upstream.once('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else problem(outgoing, 502, 'service.away', `The service does not answer: ${error.message}`, 'try again shortly');
  });
  outgoing.once('close', () => upstream.destroy());
  incoming.pipe(upstream);
}

/** Who asked the proxy before this one, and who asked this one. @param {IncomingMessage} incoming */
function askedBy({ headers, socket }) {
  return [headers['x-forwarded-for'], socket.remoteAddress].flat().filter(Boolean).join(', ');
}

/** @param {IncomingMessage} message @returns {import('node:http').OutgoingHttpHeaders} */
function endToEnd({ headers }) {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  // Node writes its own transfer-encoding when there is no content-length.
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name) && !named.includes(name)),
  );
}

/** Ready when every service is. @param {ServerResponse} outgoing @param {Routes} routes */
async function answerReadiness(outgoing, routes) {
  const services = await Promise.all(
    Object.entries(routes).map(async ([name, port]) => {
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      return { name, ready };
    }),
  );
  answer(outgoing, services.every(({ ready }) => ready) ? 200 : 503, { services });
}

/** @param {Routes} routes */
function known(routes) {
  return Object.keys(routes)
    .map((name) => `/${name}`)
    .join(', ');
}

/**
 * RFC 9457.
 * @param {ServerResponse} outgoing @param {number} status @param {string} code @param {string} title @param {string} cure
 */
function problem(outgoing, status, code, title, cure) {
  answer(outgoing, status, { type: 'about:blank', title, status, code, cure }, 'application/problem+json');
}

/** @param {ServerResponse} outgoing @param {number} status @param {object} body @param {string} [type] */
function answer(outgoing, status, body, type = 'application/json') {
  outgoing.writeHead(status, { 'content-type': type });
  outgoing.end(`${JSON.stringify(body)}\n`);
}
