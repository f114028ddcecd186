import { afterEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@unbroken/testing';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LiveStream } from './live-stream.js';
import type { LiveStreamParts } from './live-stream.js';

/** A real server whose streams the test holds in its hand. */
class Hub {
  readonly asked: string[] = [];
  #streams: ServerResponse[] = [];
  #server: Server | undefined;
  #port = 0;
  status = 200;

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      this.asked.push(request.url ?? '');
      response.writeHead(this.status, { 'content-type': 'text/event-stream' });
      if (this.status !== 200) return void response.end();
      response.write('retry: 1000\n\n');
      this.#streams.push(response);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  say(text: string): void {
    for (const stream of this.#streams) stream.write(text);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.#server?.closeAllConnections();
    await closed;
    this.#streams = [];
  }

  readonly address = (after: number): string => `http://127.0.0.1:${this.#port}/stream?after=${after}`;
}

let hub: Hub;
let stop: () => void;
let opened: number;
let heard: string[];

async function follow(parts: Partial<LiveStreamParts> = {}): Promise<LiveStream> {
  hub = new Hub();
  await hub.open();
  opened = 0;
  heard = [];
  const stream = new LiveStream({
    address: hub.address,
    begin: () => Promise.resolve(5),
    opened: () => {
      opened += 1;
      return Promise.resolve();
    },
    heard: ({ data }) => void heard.push(data),
    waitsMs: [20],
    backMs: 0,
    ...parts,
  });
  stop = stream.start();
  return stream;
}
const isIn = (stream: LiveStream, state: string) =>
  waitFor(() => Promise.resolve(stream.connection.state === state), { what: `the line to be ${state}` });

afterEach(async () => {
  stop();
  await hub.close().catch(() => undefined);
});

describe('the live line', () => {
  it('begins after the change the page was filled with, and tells what it hears', async () => {
    const stream = await follow();
    await isIn(stream, 'live');
    hub.say('id: 9\nevent: rows\ndata: news\n\n');
    await waitFor(() => Promise.resolve(heard.length > 0), { what: 'the message' });
    expect(hub.asked).toEqual(['/stream?after=5']);
    expect(heard).toEqual(['news']);
  });

  it('server gone and back → lost, then live again, going on after the newest change', async () => {
    const stream = await follow();
    await isIn(stream, 'live');
    hub.say('id: 9\nevent: rows\ndata: news\n\n');
    await waitFor(() => Promise.resolve(heard.length > 0), { what: 'the message' });
    await hub.close();
    await isIn(stream, 'lost');
    expect(stream.connection).toHaveProperty('heardAt', expect.any(Number));
    await hub.open();
    await isIn(stream, 'live');
    expect(hub.asked.at(-1)).toBe('/stream?after=9');
    expect(opened).toBe(2);
  });

  it('an HTTP error → tried again, where the browser’s own EventSource gives up', async () => {
    const stream = await follow();
    await isIn(stream, 'live');
    hub.status = 502;
    await hub.close();
    await hub.open();
    await waitFor(() => Promise.resolve(hub.asked.length > 3), { what: 'further tries' });
    expect(stream.connection.state).toBe('lost');
    hub.status = 200;
    await isIn(stream, 'live');
  });

  it('silence → lost, though the connection stands; heartbeats → live', async () => {
    const stream = await follow({ silenceMs: 150, waitsMs: [60_000] });
    await isIn(stream, 'live');
    const beating = setInterval(() => hub.say(': alive\n\n'), 30);
    const until = Date.now() + 400;
    await waitFor(() => Promise.resolve(Date.now() > until), { what: 'longer than the silence allowed' });
    expect(stream.connection.state).toBe('live');
    clearInterval(beating);
    await isIn(stream, 'lost');
  });

  it('told to try now → does not wait for its time', async () => {
    const stream = await follow({ waitsMs: [60_000] });
    await isIn(stream, 'live');
    await hub.close();
    await isIn(stream, 'lost');
    await hub.open();
    stream.retry();
    await isIn(stream, 'live');
  });

  it('the page cannot be filled at first → lost, and asked again', async () => {
    let tries = 0;
    const begin = () => ((tries += 1) < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve(5));
    await isIn(await follow({ begin }), 'live');
    expect(tries).toBe(3);
  });
});
