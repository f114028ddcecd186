// The built web app as browsers get it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWebApp } from './web-app.js';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** A request with exactly this path, which fetch would put in order first. */
const ask = (server: FastifyInstance, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.server.address() as AddressInfo;
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('end', () => {
        resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) });
      });
    });
    sent.once('error', reject).end();
  });

const page = { accept: 'text/html,application/xhtml+xml' };

describe('a built web app', () => {
  const root = mkdtempSync(join(tmpdir(), 'web-app-'));
  const directory = join(root, 'dist');
  const server = fastify();

  beforeAll(async () => {
    mkdirSync(join(directory, 'assets'), { recursive: true });
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Unbroken</title>');
    writeFileSync(join(directory, 'verify.html'), '<!doctype html><title>Check evidence</title>');
    writeFileSync(join(directory, 'assets', 'app-1a2b.js'), `/*${' '.repeat(5_000)}*/`);
    writeFileSync(join(root, 'secret.txt'), 'secret');
    await serveWebApp(server, directory);
    server.get('/dashboard/v1/big', (_request, reply) => {
      void reply.type('application/json');
      reply.compress(JSON.stringify('x'.repeat(5_000)));
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });

  const get = (url: string, headers: Record<string, string> = {}) => ask(server, url, headers);

  it.each(['/', '/chains/7K2M9QX4T1B8ZC3V2', '/alerts?state=open'])('%s → the page, asked for anew', async (url) => {
    const answer = await get(url, page);
    expect(answer.status).toBe(200);
    expect(answer.bytes.toString()).toContain('<title>Unbroken');
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    const policy = String(answer.headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy.join()).not.toMatch(/script|unsafe-eval|\*/);
  });

  it('/verify → a page of its own, which may ask nobody for anything', async () => {
    const answer = await get('/verify', page);
    expect(answer.bytes.toString()).toContain('<title>Check evidence');
    const policy = String(answer.headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy.filter((rule) => /^(connect|worker|frame|form-action)/.test(rule))).toEqual([
      "frame-ancestors 'none'",
      "form-action 'none'",
    ]);
  });

  it('a hashed file → kept for ever, and zipped', async () => {
    const answer = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' });
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.bytes.length).toBeLessThan(1_000);
  });

  it('a call that asks for it → zipped', async () => {
    const answer = await get('/dashboard/v1/big', { 'accept-encoding': 'gzip' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect((await get('/dashboard/v1/big')).headers['content-encoding']).toBeUndefined();
  });

  it.each([
    ['/assets/gone.js', {}],
    ['/chains/x', { accept: '*/*' }],
    ['/ledger/v1/trustt', page],
    ['/dashboard/v1', page],
    ['/../secret.txt', {}],
    ['/%2e%2e/secret.txt', {}],
    ['/assets/..%2f..%2fsecret.txt', {}],
    ['/assets/%00', {}],
  ])('%s for a program, or of an API → 404', async (url, headers) => {
    expect((await get(url, headers)).status).toBe(404);
  });
});

describe('a web app that is not built', () => {
  const root = mkdtempSync(join(tmpdir(), 'web-app-'));
  const directory = join(root, 'dist');
  const server = fastify();

  beforeAll(async () => {
    await serveWebApp(server, directory);
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });

  it('/ → one sentence with the cure; built meanwhile → the page', async () => {
    const answer = await ask(server, '/', page);
    expect(answer.status).toBe(503);
    expect(answer.bytes.toString()).toContain('npm run build');

    mkdirSync(directory);
    writeFileSync(join(directory, 'index.html'), 'built');
    expect((await ask(server, '/', page)).bytes.toString()).toBe('built');
  });
});
