// Ports that stay, and a state folder that is emptied only when it is ours.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { choosePorts, freePort, isFree, mustBeFree } from './ports.js';
import { emptyStateFolder, prepareStateFolder, stateFolder } from './state-folder.js';

let folder: string;
let stranger: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-state-'));
});

afterEach(() => {
  stranger?.close();
  stranger = undefined;
  rmSync(folder, { recursive: true });
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

async function occupy(port: number): Promise<void> {
  const server = createServer();
  stranger = server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

describe('choosePorts', () => {
  it('usual ports free → those, also next time', async () => {
    const file = join(folder, 'ports.json');
    const usual = { kafka: await freePort(), postgres: await freePort() };
    expect(await choosePorts(file, usual)).toEqual(usual);
    expect(await choosePorts(file, usual)).toEqual(usual);
  });

  it('a stranger on the usual port → another one, kept when the stranger is gone', async () => {
    const file = join(folder, 'ports.json');
    const kafka = await freePort();
    await occupy(kafka);
    const first = await choosePorts(file, { kafka });
    expect(first.kafka).not.toBe(kafka);
    expect(await isFree(first.kafka)).toBe(true);
    stranger?.close();
    expect(await choosePorts(file, { kafka })).toEqual(first);
  });

  it('the usual port is promised to somebody else → another one', async () => {
    const kafka = await freePort();
    expect(await choosePorts(join(folder, 'ports.json'), { kafka }, [kafka])).not.toEqual({ kafka });
  });

  it('the address people open is taken → port.taken with the cure', async () => {
    const port = await freePort();
    await occupy(port);
    await expect(mustBeFree(port)).rejects.toMatchObject({
      code: 'port.taken',
      message: expect.stringContaining(`npm run up -- --port ${port + 10}`) as string,
    });
  });
});

describe('the state folder', () => {
  it('emptied → all state is gone, Kafka’s program and the tests’ folder stay', () => {
    const state = stateFolder(folder);
    for (const kept of ['kafka/lib', 'test']) mkdirSync(join(folder, kept), { recursive: true });
    prepareStateFolder(state);
    for (const gone of ['kafka/data', 'postgres', 'keys']) mkdirSync(join(folder, gone), { recursive: true });
    emptyStateFolder(state);
    for (const kept of ['kafka/lib', 'test']) expect(existsSync(join(folder, kept))).toBe(true);
    for (const gone of ['kafka/data', 'postgres', 'keys']) expect(existsSync(join(folder, gone))).toBe(false);
    expect(() => prepareStateFolder(state)).not.toThrow();
  });

  it('a folder with something of somebody else → state.foreign, nothing is touched', () => {
    writeFileSync(join(folder, 'thesis.txt'), 'ten years');
    const refused = thrownBy(() => prepareStateFolder(stateFolder(folder)));
    expect(refused).toMatchObject({ code: 'state.foreign', message: expect.stringContaining('thesis.txt') as string });
  });
});

describe('the state folder', () => {
  it('emptied → all state is gone, Kafka’s program and the tests’ folder stay', () => {
    const state = stateFolder(folder);
    for (const kept of ['kafka/lib', 'test']) mkdirSync(join(folder, kept), { recursive: true });
    prepareStateFolder(state);
    for (const gone of ['kafka/data', 'postgres', 'keys']) mkdirSync(join(folder, gone), { recursive: true });
    emptyStateFolder(state);
    for (const kept of ['kafka/lib', 'test']) expect(existsSync(join(folder, kept))).toBe(true);
    for (const gone of ['kafka/data', 'postgres', 'keys']) expect(existsSync(join(folder, gone))).toBe(false);
    expect(() => prepareStateFolder(state)).not.toThrow();
  });

  it('a folder with something of somebody else → state.foreign, nothing is touched', () => {
    writeFileSync(join(folder, 'thesis.txt'), 'ten years');
    const refused = thrownBy(() => prepareStateFolder(stateFolder(folder)));
    expect(refused).toMatchObject({ code: 'state.foreign', message: expect.stringContaining('thesis.txt') as string });
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
  });
});
