// Files that are only appended to, a line at a time: what was answered for is on the disk, and a line that a crash cut short
// is not taken for one.

import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable-file.js';
import { isMissing } from './is-missing.js';

/**
 * Appends lines (none holds a line end) and resolves when they are on the disk. A crash leaves a beginning of them, the
 * last one perhaps cut short: `readLines` takes that one away.
 */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(path, 'a', 0o600);
  try {
    await handle.appendFile(lines.map((line) => `${line}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
}

/**
 * The lines of such a file, none where there is no file. To be called before this process appends: what was cut short is
 * taken off the file, so that the next line begins a line.
 */
export async function readLines(path: string): Promise<string[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  });
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) await truncate(path, end);
  return end === 0 ? [] : bytes.toString('utf8', 0, end - 1).split('\n');
}
