// What a webhook may reach and how long it waits: real sockets, a real resolver.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@unbroken/platform';
import { isPublic } from './public-address.js';
import { postWebhook } from './webhook.js';

const secret = `whsec_${Buffer.from('twenty-four bytes or more').toString('base64')}`;
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function answering(listener: RequestListener): Promise<URL> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
}

const post = (url: URL) => postWebhook({ kind: 'webhook', url, secret }, { id: 'one', body: {} }, systemClock);

describe('where a webhook may go', () => {
  it.each([
    ['192.0.43.8', true],
    ['2606:4700::1111', true],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['0.0.0.0', false],
    ['::1', false],
    ['::', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::1', false],
  ])('%s → %s', (address, allowed) => {
    expect(isPublic(address)).toBe(allowed);
  });

  it('a private address, also written in a way of its own → refused before anything is sent', async () => {
    for (const host of ['10.0.0.1', '[fd00::1]', '0x0a000001', '169.254.169.254', '[::ffff:127.0.0.1]'])
      expect(await post(new URL(`https://${host}/`))).toMatchObject({ reached: false, why: 'address-not-public' });
  });

  it('a name that leads to this machine, and is not called localhost → refused', async () => {
    const { hostname } = await import('node:os');
    expect(await post(new URL(`https://${hostname()}/`))).toMatchObject({
      reached: false,
      why: expect.stringMatching(/^(?:address-not-public|ENOTFOUND|EAI_AGAIN)$/),
    });
  });
});

describe('a receiver', () => {
  it('answers more than anybody asked for → cut off, not taken', async () => {
    const url = await answering((_, response) => response.end(Buffer.alloc(1_000_000)));
    expect(await post(url)).toMatchObject({ reached: false, why: 'answer-too-long' });
  });

  it('sends elsewhere → not followed', async () => {
    let asked = 0;
    const url = await answering((_, response) => {
      asked += 1;
      response.writeHead(307, { location: '/hook' }).end();
    });
    expect(await post(url)).toMatchObject({ reached: false, why: 'answered 307' });
    expect(asked).toBe(1);
  });

  it('is gone → not asked again', async () => {
    const url = await answering((_, response) => response.writeHead(410).end());
    expect(await post(url)).toEqual({ reached: false, why: 'answered 410', forGood: true });
  });
});
