import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { Problem } from '../problem/problem.js';
import { createHttpApp } from './http-app.js';
import { counter } from './metrics.js';
import { Readiness } from './readiness.js';

const form = z.strictObject({ name: z.string(), 'a/b': z.array(z.number()).optional() });

@Controller('bakery')
class BakeryController {
  @Post('echo')
  echo(@Body() body: unknown): { buffer: boolean; text: string } {
    return { buffer: Buffer.isBuffer(body), text: String(body) };
  }

  @Post('form')
  form(@Body() body: unknown): unknown {
    return form.parse(body);
  }

  @Get('loaves/:name')
  loaf(@Param('name') name: string): string {
    return name;
  }

  @Get('bug')
  bug(): never {
    throw new TypeError('password of the database is hunter2');
  }

  @Get('away')
  away(): never {
    throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:8473'), { code: 'ECONNREFUSED' });
  }

  @Get('refused')
  refused(): never {
    throw new Problem({
      status: 409,
      code: 'bread.burnt',
      title: 'The bread is burnt',
      detail: 'It was in the oven for 3 hours',
      pointer: '/bread',
      cure: 'Bake another',
      extra: { hours: 3 },
    });
  }
}

@Module({ controllers: [BakeryController] })
class BakeryModule {}

const settings = {
  UNBROKEN_HTTP_HOST: '127.0.0.1',
  UNBROKEN_HTTP_PORT: 8470,
  UNBROKEN_LOG_LEVEL: 'error',
  UNBROKEN_SERVICE: undefined,
} as const;

describe('HTTP', () => {
  let app: NestFastifyApplication;
  let origin: string;
  beforeAll(async () => {
    app = await createHttpApp(BakeryModule, settings, { bodyLimit: 1_000 });
    await app.listen(0, '127.0.0.1');
    origin = await app.getUrl();
  });
  afterAll(() => app.close());

  const post = (path: string, type: string, body: string) =>
    fetch(`${origin}/bakery/${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  const get = (path: string) => fetch(origin + path);

  it('application/jwt → the raw bytes', async () => {
    const reply = await post('echo', 'application/jwt', 'a.b.c');
    expect(await reply.json()).toEqual({ buffer: true, text: 'a.b.c' });
  });

  it.each([
    ['a body over the limit', 'echo', 'application/jwt', 'x'.repeat(1_001), 413, 'body.too-large'],
    ['JSON that is none', 'form', 'application/json', '{"name":', 400, 'body.json'],
    ['no JSON at all', 'form', 'application/json', '', 400, 'body.json'],
    ['JSON that reaches for the prototype', 'form', 'application/json', '{"__proto__":{}}', 400, 'body.json'],
    ['another media type', 'form', 'text/plain', 'hello', 415, 'body.media-type'],
    ['a form', 'form', 'application/x-www-form-urlencoded', 'a=b', 415, 'body.media-type'],
    ['an unknown route', 'nowhere', 'application/json', '{}', 404, 'route.unknown'],
  ])('%s → problem details', async (_name, path, type, payload, status, code) => {
    const reply = await post(path, type, payload);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    const problem: unknown = await reply.json();
    expect(problem).toMatchObject({ type: `urn:unbroken:problem:${code}`, status, code });
    expect(problem).toHaveProperty('cure', expect.stringMatching(/\w/));
  });

  it.each([
    ['a path that is none', '/bakery/%zz', {}, 400, 'request.path'],
    ['a path that is no UTF-8', '/bakery/%ff', {}, 400, 'request.path'],
    ['a value in the path that is no UTF-8', '/bakery/loaves/%ff', {}, 400, 'request.path'],
    ['a value in the path that is cut off', '/bakery/loaves/%e2%82', {}, 400, 'request.path'],
    ['a value in the path that is too long', `/bakery/loaves/${'x'.repeat(101)}`, {}, 400, 'request.path'],
    ['NUL in the path', '/bakery/loaves/%00', {}, 400, 'request.path'],
    ['NUL in the query', '/bakery/loaves/rye?of=%00', {}, 400, 'request.path'],
    ['headers without end', '/bakery/echo', { 'x-long': 'x'.repeat(20_000) }, 431, 'request.http'],
  ])('%s → problem details', async (_name, path, headers, status, code) => {
    const reply = await fetch(origin + path, { headers });
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(await reply.json()).toMatchObject({ status, code, cure: expect.stringMatching(/\w/) as string });
  });

  it('the database is away → 503 that says when to come back', async () => {
    const reply = await get('/bakery/away');
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    expect(await reply.json()).toMatchObject({ code: 'store.away' });
  });

  it('a body of the wrong form → every mistake with its pointer', async () => {
    const reply = await post('form', 'application/json', '{"a/b":[1,"x"]}');
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({
      code: 'body.form',
      errors: [{ pointer: '/name' }, { pointer: '/a~1b/1' }],
    });
  });

  it('an unexpected error → 500 that tells nothing of the inside', async () => {
    const reply = await get('/bakery/bug');
    const text = await reply.text();
    expect(JSON.parse(text)).toMatchObject({ status: 500, code: 'internal' });
    expect(text).not.toMatch(/hunter2|TypeError/);
  });

  it('a problem → as it was thrown', async () => {
    expect(await (await get('/bakery/refused')).json()).toEqual({
      type: 'urn:unbroken:problem:bread.burnt',
      title: 'The bread is burnt',
      status: 409,
      code: 'bread.burnt',
      detail: 'It was in the oven for 3 hours',
      pointer: '/bread',
      cure: 'Bake another',
      hours: 3,
    });
  });

  it('no header tells what it is built with', async () => {
    expect((await get('/healthz')).headers.has('x-powered-by')).toBe(false);
  });

  it('readiness → 503 names what is waited for, then 200', async () => {
    let up = false;
    const check = () => Promise.resolve(up ? { ok: true } : { ok: false, why: 'oven is cold' });
    app.get(Readiness).register({ name: 'oven', check });
    const before = await get('/readyz');
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({ ready: false, checks: [{ name: 'oven', ok: false, why: 'oven is cold' }] });
    up = true;
    expect((await get('/readyz')).status).toBe(200);
  });

  it('a counter → in the metrics', async () => {
    counter('bread_total', 'Loaves baked', ['kind']).inc({ kind: 'rye' }, 3);
    expect(await (await get('/metrics')).text()).toContain('bread_total{kind="rye"} 3');
  });
});
