import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLines, mendLines, readLines } from './durable-lines.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-lines-'));
  path = join(folder, 'below', 'lines.ndjson');
});

afterEach(() => rm(folder, { recursive: true }));

it('lines appended → read in order; none from no file', async () => {
  expect(await readLines(path)).toEqual([]);
  await appendLines(path, ['one', 'two']);
  await appendLines(path, []);
  await appendLines(path, ['thrée']);
  expect(await readLines(path)).toEqual(['one', 'two', 'thrée']);
});

it('a line that a crash cut short → none, and after mending the next one begins a line', async () => {
  await appendLines(path, ['one']);
  await appendFile(path, '{"tw');
  expect(await readLines(path)).toEqual(['one']);
  await mendLines(path);
  await appendLines(path, ['three']);
  expect(await readFile(path, 'utf8')).toBe('one\nthree\n');
});
