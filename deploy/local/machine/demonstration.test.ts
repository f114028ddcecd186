// When the demonstration is told, and when it must not be. That it is told is seen by `npm run up` itself.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { demonstrate, expectDemonstration } from './demonstration.js';
import { stateFolder } from './state-folder.js';

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-demonstration-'));
  said = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

const state = () => stateFolder(folder);
const noted = () => JSON.parse(readFileSync(state().demonstration, 'utf8')) as unknown;
const begin = (wanted: boolean) =>
  // Nobody listens there: what is told fails at once.
  demonstrate(state(), {
    url: 'http://127.0.0.1:9',
    wanted,
    say: (text) => void said.push(text),
    ending: () => false,
  });

describe('expectDemonstration', () => {
  it('no database yet → due', () => {
    expectDemonstration(state());
    expect(noted()).toEqual({ state: 'due', told: 0 });
  });

  it('a database is there → nothing is noted: it may hold somebody’s records', () => {
    mkdirSync(join(state().postgres, 'data'), { recursive: true });
    expectDemonstration(state());
    expect(existsSync(state().demonstration)).toBe(false);
  });
});

describe('demonstrate', () => {
  const is = (progress: object) => writeFileSync(state().demonstration, JSON.stringify(progress));

  it('nothing is noted, or it is over → nothing is told', async () => {
    await begin(true);
    is({ state: 'over', told: 3 });
    await begin(true);
    expect(said).toEqual([]);
  });

  it('not wanted → left out, also at the next start', async () => {
    is({ state: 'due', told: 0 });
    await begin(false);
    await begin(true);
    expect(said).toEqual([]);
  });

  it('an earlier one was cut short → said once, not told again', async () => {
    is({ state: 'begun', told: 1 });
    await begin(true);
    await begin(true);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('cut short after 1 of 3');
  });

  it('it cannot be told → says why, and is not tried again', async () => {
    is({ state: 'due', told: 0 });
    await begin(true);
    expect(said.at(-1)).toContain('not repeated');
    expect(noted()).toEqual({ state: 'over', told: 0 });
  }, 30_000);
});
