// Files that only their owner may read: written whole or not at all, and refused when somebody else could have read them.

import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/** The file can be read by others than its owner: what was secret in it may be known. */
export class ReadableByOthers extends Error {
  override readonly name = 'ReadableByOthers';
  readonly code = 'file.readable-by-others';
  readonly cure: string;

  constructor(readonly path: string) {
    super(`Others than you can read ${path}.`);
    this.cure = `If nobody has read it, close it with \`chmod 600 ${path}\`; otherwise treat what it holds as known.`;
  }
}

/**
 * Creates the file with mode 0600, and its directory with 0700. A crash before the rename leaves the old content or none
 * and a stray `.new` file; after it, the new content.
 */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const written = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(written, 'wx', OWNER_ONLY);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(written, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}

/** The new name outlasts a power cut too. Windows has no such call. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * The file's text; undefined where there is none.
 * @throws ReadableByOthers
 */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    // Windows has no such modes: there a file is private by the directory it is in.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) throw new ReadableByOthers(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The file is gone for good, with what a crash left beside it; false where there is none. A crash before leaves it. */
export async function erasePrivateFile(path: string): Promise<boolean> {
  const folder = dirname(path);
  const names = await namesIn(folder);
  const name = basename(path);
  const stray = names.filter((one) => one === name || (one.startsWith(`${name}.`) && one.endsWith('.new')));
  for (const one of stray) await rm(join(folder, one), { force: true });
  if (stray.length > 0) await syncDirectory(folder);
  return stray.length > 0;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
