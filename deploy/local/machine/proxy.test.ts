import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

import { freePort } from './ports.js';
import { startProxy } from './proxy.js';

describe('startProxy', () => {
  const servers: Server[] = [];
  const closers: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function service(listener: RequestListener): Promise<number> {
    const port = await freePort();
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return port;
  }

  async function proxyTo(routes: Record<string, number>): Promise<string> {
    const port = await freePort();
    closers.push((await startProxy(routes, port)).close);
    return `http://127.0.0.1:${port}`;
  }

  it('first part of the path → that service, with method, path, query, headers and body unchanged', async () => {
    const ledger = await service((request, response) => {
      response.writeHead(201, { 'content-type': 'text/plain', 'x-seen': request.headers['x-asked'] });
      response.write(`${request.method} ${request.url} `);
      request.pipe(response);
    });
    const origin = await proxyTo({ ledger, sender: await freePort() });
    const response = await fetch(`${origin}/ledger/v1/chains/X?from=2`, {
      method: 'POST',
      headers: { 'x-asked': 'yes' },
      body: 'the body',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-seen')).toBe('yes');
    expect(await response.text()).toBe('POST /ledger/v1/chains/X?from=2 the body');
  });

  it('an event stream → each event arrives when it is sent, not at the end', async () => {
    let sendSecond: () => void = () => undefined;
    const alerts = await service((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      sendSecond = () => response.end('data: 2\n\n');
    });
    const response = await fetch(`${await proxyTo({ alerts })}/alerts/v1/stream`);
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    sendSecond();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 2\n\n');
  });

  it('a caller that leaves → the service notices', async () => {
    let left: Promise<unknown> = Promise.resolve();
    const alerts = await service((_, response) => {
      left = new Promise((resolve) => response.once('close', resolve));
      response.write('data: 1\n\n');
    });
    const leaving = new AbortController();
    await fetch(`${await proxyTo({ alerts })}/alerts/v1/stream`, { signal: leaving.signal });
    leaving.abort();
    await left;
  });

  it('a service that is away → 502 problem service.away', async () => {
    const response = await fetch(`${await proxyTo({ sender: await freePort() })}/sender/v1/tokens`, { method: 'POST' });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'service.away' });
  });

  it('a path of no service → 404 problem route.unknown that lists the services', async () => {
    const response = await fetch(`${await proxyTo({ sender: 1, ledger: 2 })}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'route.unknown', cure: 'use /sender, /ledger' });
  });

  it('a path of no service, with a dashboard there → its pages', async () => {
    const dashboard = await service((request, response) => response.end(`page ${request.url ?? ''}`));
    const origin = await proxyTo({ dashboard, sender: await freePort() });
    expect(await (await fetch(`${origin}/`)).text()).toBe('page /');
    expect(await (await fetch(`${origin}/assets/x.js?v=1`)).text()).toBe('page /assets/x.js?v=1');
  });

  it('one of two services not ready → /readyz 503 and names it', async () => {
    const sender = await service((_, response) => response.end());
    const ledger = await service((_, response) => response.writeHead(503).end());
    const response = await fetch(`${await proxyTo({ sender, ledger })}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      services: [
        { name: 'sender', ready: true },
        { name: 'ledger', ready: false },
      ],
    });
  });
});
