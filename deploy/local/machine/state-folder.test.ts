// A state folder that is emptied only when it is ours.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { emptyStateFolder, prepareStateFolder, stateFolder } from './state-folder.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-state-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

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
