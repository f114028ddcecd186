// Real processes: small Node programs that listen, die and are asked to end.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, rmdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, isFree } from '../machine/ports.js';
import { identify, isAlive } from './process-identity.js';
import { readRecord } from './run-records.js';
import { Supervised } from './supervised.js';
import type { Part, PartEvent } from './supervised.js';
import { until } from './wait.js';

const answering = (port: number) =>
  `require('node:http').createServer((_, res) => res.end()).listen(${port}, '127.0.0.1');`;

describe('Supervised', () => {
  let folder: string;
  let port: number;
  let events: PartEvent[];
  let supervised: Supervised;
  let stranger: Server | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'unbroken-supervised-'));
    port = await freePort();
    events = [];
  });

  afterEach(async () => {
    await supervised.stop();
    stranger?.closeAllConnections();
    stranger?.close();
    stranger = undefined;
    rmSync(folder, { recursive: true });
  });

  function part(program: string, more: Partial<Part> = {}): Supervised {
    supervised = new Supervised(
      {
        name: 'part',
        launch: () => ({ command: process.execPath, args: ['-e', program], env: process.env }),
        ready: async () => (await fetch(`http://127.0.0.1:${port}/`)).ok,
        readyWithinMs: 15_000,
        stopSignal: 'SIGTERM',
        stopWithinMs: 5_000,
        ...more,
      },
      { runFolder: folder, logFolder: folder, order: 0, tell: (event) => events.push(event) },
    );
    return supervised;
  }

  const running = () => readRecord(folder, 'part');

  function kill9() {
    const killed = running();
    if (killed === undefined) throw new Error('nothing is recorded');
    process.kill(killed.pid, 'SIGKILL');
    return killed;
  }

  it('another program has its port → port.taken after the first try', async () => {
    stranger = createServer((_, response) => response.writeHead(503).end()).listen(port, '127.0.0.1');
    await once(stranger, 'listening');
    const evicted = async () => ((await isFree(port)) ? undefined : `Another program took port ${port}.`);
    await expect(part(answering(port), { evicted }).start()).rejects.toMatchObject({
      code: 'port.taken',
      message: `Another program took port ${port}.`,
    });
    expect(events).toHaveLength(1);
  }, 30_000);

  it('cannot be written down when it starts again → not left running, tried until it can, and back', async () => {
    await part(answering(port)).start();
    const inTheWay = join(folder, 'part.json.part');
    mkdirSync(inTheWay);
    const killed = kill9();
    await until(() => events.filter(({ kind }) => kind === 'ended').length > 2, { withinMs: 15_000 });
    rmdirSync(inTheWay);
    await until(() => events.some(({ kind }) => kind === 'back'), { withinMs: 15_000 });
    expect(running()?.pid).not.toBe(killed.pid);
    expect((await fetch(`http://127.0.0.1:${port}/`)).ok).toBe(true);
  }, 40_000);

  it('kill -9 → another process answers on the same port, and both events are told', async () => {
    await part(answering(port)).start();
    const killed = kill9();
    await until(() => events.some(({ kind }) => kind === 'back'), { withinMs: 15_000 });
    expect(events.map(({ kind }) => kind)).toEqual(['ended', 'back']);
    expect(running()?.pid).not.toBe(killed.pid);
  }, 30_000);

  it('stopped → its process is gone, its record too, and it does not come back', async () => {
    await part(answering(port)).start();
    const before = running();
    await supervised.stop();
    expect(before && isAlive(before)).toBe(false);
    expect(running()).toBeUndefined();
    expect(await isFree(port)).toBe(true);
  }, 30_000);

  it('stopped between its death and its return → does not come back', async () => {
    await part(answering(port)).start();
    kill9();
    await until(() => events.some(({ kind }) => kind === 'ended'), { withinMs: 15_000 });
    await supervised.stop();
    expect(events.map(({ kind }) => kind)).toEqual(['ended']);
    expect(await isFree(port)).toBe(true);
  }, 30_000);

  it('deaf to the stop signal → killed after its time', async () => {
    await part(`process.on('SIGTERM', () => undefined); ${answering(port)}`, { stopWithinMs: 300 }).start();
    await supervised.stop();
    expect(await isFree(port)).toBe(true);
  }, 30_000);

  it('suspended (SIGSTOP) and asked to stop → is woken and ends', async () => {
    await part(answering(port)).start();
    process.kill(running()?.pid ?? 0, 'SIGSTOP');
    await supervised.stop();
    expect(await isFree(port)).toBe(true);
  }, 30_000);

  it('dies at every start → start fails with the end of its log', async () => {
    await expect(part(`console.error('no such folder'); process.exit(3)`).start()).rejects.toMatchObject({
      code: 'part.not-ready',
      message: expect.stringContaining('no such folder') as string,
    });
    expect(events.length).toBeGreaterThan(1);
  }, 30_000);

  it('ends with a hopeless exit code → start fails at once, without another try', async () => {
    await expect(part(`process.exit(78)`, { hopelessExitCodes: [78] }).start()).rejects.toThrow('part ended');
    const log = readFileSync(join(folder, 'part.log'), 'utf8');
    expect(log).toBe('');
  }, 30_000);

  it('a program that does not exist → start fails and names it', async () => {
    const launch = () => ({ command: '/nonexistent/program', args: [], env: {} });
    await expect(part('', { launch }).start()).rejects.toMatchObject({ code: 'part.not-ready' });
    expect(events[0]).toMatchObject({ kind: 'ended', how: expect.stringContaining('ENOENT') as string });
  }, 30_000);

  it('its record → names the process by number and birth', async () => {
    await part(answering(port)).start();
    const record = running();
    expect(identify(record?.pid ?? 0)?.born).toBe(record?.born);
  }, 30_000);
});
