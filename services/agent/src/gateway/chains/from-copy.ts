// Hears of chains from the party's own copy: its files are only appended to, so that each time only what is new is read.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodeEntry } from '@unbroken/contracts';
import { namesIn } from '@unbroken/platform/process';
import { isShipmentId } from '@unbroken/tokens';
import { z } from 'zod';
import { keys } from '../record/gateway-record.js';
import type { Change, GatewayRecord } from '../record/gateway-record.js';
import { hear, readHeard } from './heard.js';
import type { HeardChain } from './heard.js';
import { awakened } from './awakened.js';
import type { NewNumber } from './heard.js';

const AT_ONCE = 500;

const copied = z.object({ entry: z.string(), sub: z.string() });
type Copied = z.infer<typeof copied>;

/**
 * Reads on where it stopped; scans that waited for a chain that is new are to be signed. A crash leaves it where the last
 * write left it, and what is read again changes nothing.
 * @param folder of the copy
 */
export async function hearCopy(record: GatewayRecord, folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (name.endsWith('.ndjson')) await hearFile(record, join(folder, name), keys.mark(name));
  }
}

async function hearFile(record: GatewayRecord, path: string, mark: string): Promise<void> {
  const { size } = await stat(path);
  const readTo = Number((await record.get(mark)) ?? 0);
  // Put back from a backup that is older: read anew, what is known stays.
  let at = readTo <= size ? readTo : 0;
  if (at === size) return;
  let batch: Copied[] = [];
  const lines = createInterface({ input: createReadStream(path, { start: at, end: size - 1 }), crlfDelay: Infinity });
  for await (const line of lines) {
    const end = at + Buffer.byteLength(line) + 1;
    // The last one is being written, or was cut short by a crash: it comes again.
    if (end > size) break;
    at = end;
    const read = copied.parse(JSON.parse(line));
    if (!isShipmentId(read.sub)) continue;
    if (batch.push(read) < AT_ONCE) continue;
    await hearEntries(record, batch, [[mark, at]]);
    batch = [];
  }
  await hearEntries(record, batch, [[mark, at]]);
}

/** In one write with `also`. */
export async function hearEntries(
  record: GatewayRecord,
  entries: readonly Copied[],
  also: readonly Change[] = [],
): Promise<void> {
  const subs = [...new Set(entries.map(({ sub }) => sub))];
  const stored = await record.getMany(subs.map((sub) => keys.chain(sub)));
  const chains = new Map<string, HeardChain | undefined>(subs.map((sub, at) => [sub, readHeard(stored[at])]));
  const changes: Change[] = [];
  const numbers: NewNumber[] = [];
  for (const { entry, sub } of entries) {
    const decoded = decodeEntry(entry);
    if (decoded.kind === 'malformed') continue;
    const heard = hear(decoded, chains.get(sub));
    chains.set(sub, heard.chain);
    changes.push(...heard.changes);
    numbers.push(...heard.numbers);
  }
  await record.write([...changes, ...(await awakened(record, numbers)), ...also]);
}
