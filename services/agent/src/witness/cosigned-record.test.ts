// Two processes on one folder, each with its own view: what one has recorded, the other can never take back.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import { History, ORIGIN, ServedLog } from '../fixture/served-log.js';
import { CosignedRecord } from './cosigned-record.js';
import type { Cosigned } from './cosigned-record.js';

const honest = new History([['entry', 60]]);
const other = new History([['other', 60]]);

let folder: string;
let log: ServedLog;
let [one, two]: CosignedRecord[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-cosigned-'));
  log = await ServedLog.start(honest);
  [one, two] = [new CosignedRecord(folder), new CosignedRecord(folder)];
});

afterEach(async () => {
  await log.stop();
  await rm(folder, { recursive: true });
});

async function at(size: number, history = honest): Promise<Cosigned> {
  const note = await log.note(history, size);
  return { note, checkpoint: parseCheckpoint(parseNote(note).text) };
}

const sizeOf = (cosigned: Cosigned | undefined): number | undefined => cosigned?.checkpoint.size;

it('both follow the same one → the first is the last one for both', async () => {
  const [first, second] = [await at(9), await at(12, other)];
  const answers = await Promise.all([one?.follow(ORIGIN, 0, first), two?.follow(ORIGIN, 0, second)]);
  const [won] = answers;
  expect(answers).toEqual([won, won]);
  expect(sizeOf(await two?.last(ORIGIN))).toBe(sizeOf(won));
});

it('one was paused while the other went on → what it would follow is long gone, and it is told the last one', async () => {
  await one?.follow(ORIGIN, 0, await at(9));
  await two?.follow(ORIGIN, 9, await at(20));
  await two?.follow(ORIGIN, 20, await at(30));
  expect(sizeOf(await one?.follow(ORIGIN, 9, await at(12, other)))).toBe(30);
  expect(sizeOf(await one?.last(ORIGIN))).toBe(30);
});
