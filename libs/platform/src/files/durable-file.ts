// Files that are whole or not there, whatever happens while they are written: written aside, synced, and linked or
// renamed into place; the folder is synced too, for a name is as durable as the folder that holds it.

import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMissing } from './is-missing.js';

/** The text of a file; undefined where there is none. @throws when it is there and cannot be read */
export const readIfThere = (path: string): Promise<string | undefined> => unlessMissing(readFile(path, 'utf8'));

/** The names in a folder, sorted; none where there is no folder. @throws when it is there and cannot be read */
export const namesIn = async (folder: string): Promise<string[]> =>
  ((await unlessMissing(readdir(folder))) ?? []).sort();

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Makes a file that only its owner can read, unless it is there, and answers what it holds then: of several processes
 * that make it at once all get the same. A crash leaves no file or the whole one.
 */
export async function makeOnce(path: string, text: string): Promise<string> {
  const aside = await writeAside(path, text);
  try {
    await link(aside, path);
    await syncFolder(dirname(path));
    return text;
  } catch (error) {
    const others = await readIfThere(path);
    if (others === undefined) throw error;
    return others;
  } finally {
    await unlink(aside);
  }
}

/** Writes a file, over what it held before. After a crash it holds either the one or the other. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const aside = await writeAside(path, text);
  await orRemoved(aside, rename(aside, path));
  await syncFolder(dirname(path));
}

async function writeAside(path: string, text: string): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = join(folder, `.${basename(path)}.${randomUUID()}`);
  const handle = await open(aside, 'wx', 0o600);
  await orRemoved(aside, writeWhole(handle, text));
  return aside;
}

async function writeWhole(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On a full disk every attempt would leave one more. As well as it can: what failed first is what must be told. */
async function orRemoved(aside: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    await unlink(aside).catch(() => undefined);
    throw error;
  }
}

/** A name is as durable as the folder that holds it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
