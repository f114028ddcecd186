// Ports that stay, and what happens when somebody else has them.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SetUpError } from '../set-up/set-up-error.js';
import { choosePorts, freePort, holdPort, isFree, leavePort, startWhereFree, takenAmong } from './ports.js';

let folder: string;
let stranger: Server | undefined;
let other: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-ports-'));
});

afterEach(() => {
  stranger?.close();
  stranger = undefined;
  other?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function occupy(port: number): Promise<void> {
  const server = createServer();
  stranger = server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

/** A process that has done this with `./ports.js` and goes on living. */
async function another(done: string): Promise<ChildProcess> {
  const module = new URL('./ports.js', import.meta.url).href;
  const program = `const ports = await import('${module}'); await ports.${done}; console.log('done'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  other = child;
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
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

  it('another start has chosen it and does not listen yet → another one; once that one has ended it is free', async () => {
    const registry = await freePort();
    const start = await another(`choosePorts('${join(folder, 'other.json')}', { registry: ${registry} })`);
    expect(await choosePorts(join(folder, 'ports.json'), { registry })).not.toEqual({ registry });
    await ended(start);
    expect(await choosePorts(join(folder, 'later.json'), { registry })).toEqual({ registry });
  }, 20_000);
});

describe('startWhereFree', () => {
  const taken = () => new SetUpError('port.taken', 'Another program was quicker.');

  it('another program is quicker → starts at another port, which is remembered', async () => {
    const file = join(folder, 'ports.json');
    const kafka = await freePort();
    const tried: number[] = [];
    const started = await startWhereFree(
      () => choosePorts(file, { kafka }),
      async (ports) => {
        tried.push(ports.kafka);
        if (tried.length > 1) return ports.kafka;
        await occupy(ports.kafka);
        throw taken();
      },
    );
    expect(tried[0]).toBe(kafka);
    expect(started).not.toBe(kafka);
    expect(await choosePorts(file, { kafka })).toEqual({ kafka: started });
  });

  it('that happens again and again → port.taken', async () => {
    let tries = 0;
    const start = () => {
      tries += 1;
      return Promise.reject(taken());
    };
    await expect(startWhereFree(() => Promise.resolve({}), start)).rejects.toMatchObject({ code: 'port.taken' });
    expect(tries).toBe(5);
  });

  it('it fails for another reason → that reason, at once', async () => {
    const start = () => Promise.reject(new SetUpError('part.not-ready', 'It fell over.'));
    await expect(startWhereFree(() => Promise.resolve({}), start)).rejects.toMatchObject({ code: 'part.not-ready' });
  });
});

describe('the address people open', () => {
  it('a stranger listens there → port.taken with the cure', async () => {
    const port = await freePort();
    await occupy(port);
    await expect(holdPort(port)).rejects.toMatchObject({
      code: 'port.taken',
      message: expect.stringContaining(`npm run up -- --port ${port + 10}`) as string,
    });
    leavePort(port);
  });

  it('another start has taken it and does not listen yet → port.taken; once that one has ended it is free', async () => {
    const port = await freePort();
    const start = await another(`holdPort(${port})`);
    await expect(holdPort(port)).rejects.toMatchObject({
      message: expect.stringContaining(`process ${start.pid ?? ''}`) as string,
    });
    await ended(start);
    await holdPort(port);
    leavePort(port);
  }, 20_000);

  it('taken by another program → named with its part', async () => {
    const [free, port] = [await freePort(), await freePort()];
    await occupy(port);
    expect(await takenAmong('Kafka', [free])).toBeUndefined();
    expect(await takenAmong('Kafka', [free, port])).toContain(`port ${port} before Kafka`);
  });
});
