// What parties bring: their own copies of a log, a line for each entry.

import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { allOf, originOf } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { AuditImpossible, readable } from './audit-impossible.js';
import type { Held } from './witness.js';

const AT_ONCE = 500;

const line = z.object({
  log: z.string(),
  index: z.int().min(0),
  entry: z.string().min(1),
  /** The chain, which a malformed entry does not tell by itself. */
  sub: z.string().optional(),
});

export interface CopiedEntry extends Held {
  readonly sub: string | undefined;
}

/**
 * Hands over the entries of all NDJSON files of a folder, some at a time, each time of one log.
 * @throws AuditImpossible naming file and line of what is no entry
 */
export async function readCopies(
  folder: string,
  logs: Logs,
  deployment: string,
  each: (log: LogName, entries: readonly CopiedEntry[]) => Promise<void>,
): Promise<void> {
  const names = (await readable(folder, readdir(folder))).filter((name) => name.endsWith('.ndjson')).sort();
  if (names.length === 0)
    throw new AuditImpossible(
      `${folder} has no copy of a log in it`,
      'Name a folder of .ndjson files, as the party agent writes them',
    );
  for (const name of names)
    await readCopy(join(folder, name), (text, where) => entryIn(text, where, logs, deployment), each);
}

async function readCopy(
  path: string,
  read: (text: string, where: string) => CopiedEntry,
  each: (log: LogName, entries: readonly CopiedEntry[]) => Promise<void>,
): Promise<void> {
  const input = createReadStream(path);
  const lines = createInterface({ input, crlfDelay: Infinity });
  const waiting = new Map<LogName, CopiedEntry[]>();
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const entry = read(text, `${path}:${number}`);
    const entries = waiting.get(entry.log) ?? [];
    waiting.set(entry.log, entries);
    if (entries.push(entry) < AT_ONCE) continue;
    waiting.delete(entry.log);
    await each(entry.log, entries);
  }
  for (const [log, entries] of waiting) await each(log, entries);
}

function entryIn(text: string, where: string, logs: Logs, deployment: string): CopiedEntry {
  const cure = 'Have the party write its copy again, or leave this one out';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AuditImpossible(`${where} is not JSON`, cure);
  }
  const read = line.safeParse(value);
  if (!read.success) throw new AuditImpossible(`${where} is not {"log","index","entry"}`, cure);
  const { index, entry, sub } = read.data;
  const log = allOf(logs).find((name) => name === read.data.log || originOf(name, deployment) === read.data.log);
  if (log === undefined)
    throw new AuditImpossible(`${where} is of ${read.data.log}, which is no log of ${deployment}`, cure);
  return { log, index, bytes: Buffer.from(entry, 'latin1'), where, kind: 'copy', sub };
}
