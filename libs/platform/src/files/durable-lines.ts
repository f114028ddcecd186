// Files that are only appended to, a line at a time: what was answered for is on the disk, and a line that a crash cut short
// is not taken for one.

import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable-file.js';
import { isMissing } from './is-missing.js';

/**
 * Appends lines (none holds a line end) and resolves when they are on the disk. A crash leaves a beginning of them, the
 * last one perhaps cut short: `mendLines` takes that one away.
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

/** The whole lines of such a file, none where there is no file. */
export async function readLines(path: string): Promise<string[]> {
  const { bytes, end } = await wholeLines(path);
  return end === 0 ? [] : bytes.toString('utf8', 0, end - 1).split('\n');
}

/** Takes off what a crash cut short, so that the next line begins a line. Only for who appends, and before it does. */
export async function mendLines(path: string): Promise<void> {
  const { bytes, end } = await wholeLines(path);
  if (end < bytes.length) await truncate(path, end);
}

async function wholeLines(path: string): Promise<{ readonly bytes: Buffer; readonly end: number }> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  });
  return { bytes, end: bytes.lastIndexOf('\n') + 1 };
}
