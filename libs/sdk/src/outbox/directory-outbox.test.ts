import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepsTokens } from '../fixture/keeps-tokens.js';
import { someOutboxToken } from '../fixture/some-outbox-token.js';
import { DirectoryOutbox } from './directory-outbox.js';

let home: string;
const open = () => new DirectoryOutbox(join(home, 'outbox'));

beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'unbroken-outbox-'))));
afterEach(async () => rm(home, { recursive: true }));

keepsTokens(() => Promise.resolve(open()));

it('a write that a crash cut off → its file is none of the outbox, and the token before it stays', async () => {
  const token = await someOutboxToken();
  await open().add(token);
  const [name = ''] = await readdir(join(home, 'outbox'));
  await writeFile(join(home, 'outbox', `${name}.0b1c.new`), '{"format":"unbroken-outb');
  expect(await open().list()).toEqual([token]);
});

it('a damaged file → said, with its name; nothing is passed over', async () => {
  await open().add(await someOutboxToken());
  const [name = ''] = await readdir(join(home, 'outbox'));
  const path = join(home, 'outbox', name);
  await writeFile(path, (await readFile(path, 'utf8')).slice(0, 40));
  await expect(open().list()).rejects.toMatchObject({
    code: 'outbox.file',
    message: expect.stringContaining(path) as string,
  });
});

it('two thousand tokens → all there, in their order', async () => {
  const token = await someOutboxToken();
  const directory = join(home, 'outbox');
  await open().add(token);
  const [name = ''] = await readdir(directory);
  const text = await readFile(join(directory, name), 'utf8');
  const hashes = Array.from({ length: 2_000 }, (_, at) => String(at).padStart(43, 'A'));
  for (const [at, hash] of hashes.entries()) {
    await writeFile(join(directory, `${String(at + 2).padStart(12, '0')}-${hash}.json`), text);
  }
  expect(await open().list()).toHaveLength(2_001);
});
