// What a killed starter left behind is ended; a stranger with a recorded number is not.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { claim, release } from './claim.js';
import { identify, isAlive } from './process-identity.js';
import { endLeftovers, recordProcess } from './run-records.js';

const folders: string[] = [];
const children: ChildProcess[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'unbroken-records-'));
  folders.push(made);
  return made;
}

function longLived(): { pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  children.push(child);
  if (child.pid === undefined) throw new Error('the process did not start');
  return { pid: child.pid };
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

describe('endLeftovers', () => {
  it('recorded processes that still run → ended, last started first, and forgotten', async () => {
    const run = folder();
    const [kafka, services] = [longLived(), longLived()];
    recordProcess(run, { name: 'kafka', pid: kafka.pid, order: 0, stopSignal: 'SIGTERM' });
    recordProcess(run, { name: 'services', pid: services.pid, order: 1, stopSignal: 'SIGTERM' });
    expect(await endLeftovers(run)).toEqual(['services', 'kafka']);
    expect(identify(kafka.pid)).toBeUndefined();
    expect(identify(services.pid)).toBeUndefined();
    expect(readdirSync(run)).toEqual([]);
  });

  it('a recorded number that a stranger has by now → the stranger lives', async () => {
    const run = folder();
    const stranger = longLived();
    const record = {
      ...identify(stranger.pid),
      name: 'kafka',
      order: 0,
      stopSignal: 'SIGKILL',
      born: 'another boot:1',
    };
    writeFileSync(join(run, 'kafka.json'), JSON.stringify(record));
    expect(await endLeftovers(run)).toEqual([]);
    expect(identify(stranger.pid)).toBeDefined();
    expect(readdirSync(run)).toEqual([]);
  });

  it('an ended process → not alive, and no error', async () => {
    const run = folder();
    const { pid } = longLived();
    const identity = identify(pid);
    recordProcess(run, { name: 'postgres', pid, order: 0, stopSignal: 'SIGINT' });
    const gone = new Promise((resolve) => children[0]?.once('exit', resolve));
    process.kill(pid, 'SIGKILL');
    await gone;
    expect(identity && isAlive(identity)).toBe(false);
    expect(await endLeftovers(run)).toEqual([]);
  });
});

describe('claim', () => {
  it('held by a living process → names the holder; given back → can be taken', () => {
    const file = join(folder(), 'up.claim');
    expect(claim(file)).toBeUndefined();
    expect(claim(file)?.pid).toBe(process.pid);
    release(file);
    expect(claim(file)).toBeUndefined();
  });

  it('held by a process that ended → can be taken, and leaves nothing else behind', () => {
    const made = folder();
    const file = join(made, 'up.claim');
    writeFileSync(file, JSON.stringify({ pid: process.pid, born: 'another boot:1', command: 'node up.js' }));
    expect(claim(file)).toBeUndefined();
    expect(readdirSync(made)).toEqual(['up.claim']);
  });
});
