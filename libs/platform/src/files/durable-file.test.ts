import { mkdir, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOnce, writeDurably } from './durable-file.js';

describe('a file written durably', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'durable-file-'));
    path = join(folder, 'checkpoint');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Fails when a part of it is written, as on a disk that is full. */
  const endsTooSoon = (): string => {
    const parts = (function* () {
      yield 'the first part';
      throw new Error('no space left on device');
    })();
    return parts as Iterable<string> as string;
  };

  it('over an older one → the newer one alone, its owner’s', async () => {
    await writeDurably(path, 'older');
    await writeDurably(path, 'newer');
    expect(await readFile(path, 'utf8')).toBe('newer');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['checkpoint']);
  });

  it('cannot take its place → said, and nothing is left beside it', async () => {
    await mkdir(path);
    await expect(writeDurably(path, 'text')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(folder)).toEqual(['checkpoint']);
  });

  it.each([
    ['replaced', writeDurably],
    ['made', makeOnce],
  ])('cannot be written to its end, %s → said, and nothing is left of it', async (_, write) => {
    await expect(write(path, endsTooSoon())).rejects.toThrow('no space left');
    expect(await readdir(folder)).toEqual([]);
  });

  it('made by two at once → both get the same, and nothing is left beside it', async () => {
    const [one, other] = await Promise.all([makeOnce(path, 'one'), makeOnce(path, 'other')]);
    expect(one).toBe(other);
    expect(await readFile(path, 'utf8')).toBe(one);
    expect(await readdir(folder)).toEqual(['checkpoint']);
  });
});
