// What parties bring: their own copies of a log, a line for each entry, and evidence bundles.

import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EvidenceRefused, isUnproven, readBundle } from '@unbroken/evidence';
import { leafHash, parseTlogProof, verifyTlogProof } from '@unbroken/tlog';
import type { Checkpoint, TrustPolicy } from '@unbroken/tlog';
import { z } from 'zod';
import { allOf, originOf } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { AuditImpossible } from './audit-impossible.js';
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
  const names = (await named(folder, readdir(folder))).filter((name) => name.endsWith('.ndjson')).sort();
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

export interface OpenedBundle {
  readonly held: readonly Held[];
  /** Those that the receipts stand under, signed by their log. */
  readonly checkpoints: readonly { readonly log: LogName; readonly checkpoint: Checkpoint; readonly where: string }[];
  /** Receipts that prove nothing under this deployment's keys. */
  readonly unproven: readonly { readonly log: LogName; readonly where: string; readonly why: string }[];
}

/** Reads an evidence bundle; only what a receipt proves counts. @throws AuditImpossible when it is none */
export async function openBundle(
  path: string,
  logs: Logs,
  deployment: string,
  policy: TrustPolicy,
): Promise<OpenedBundle> {
  const bundle = bundleIn(path, await named(path, readFile(path, 'utf8')));
  const listed = [...bundle.tokens, ...bundle.parties.flatMap(({ tokens }) => tokens)];
  const held: Held[] = [];
  const unproven: OpenedBundle['unproven'][number][] = [];
  const checkpoints = new Map<string, OpenedBundle['checkpoints'][number]>();
  for (const [at, statement] of listed.entries()) {
    // Nothing shows where it stood: it cannot be held against anything.
    if (isUnproven(statement)) continue;
    const { body, receipt } = statement;
    const where = `${path}, statement ${at + 1}`;
    try {
      const proof = parseTlogProof(receipt);
      const bytes = Buffer.concat([proof.extra ?? Buffer.alloc(0), Buffer.from(body, 'latin1')]);
      const { checkpoint } = await verifyTlogProof(proof, leafHash(bytes), { ...policy, quorum: 0 });
      const log = allOf(logs).find((name) => originOf(name, deployment) === checkpoint.origin);
      if (log === undefined) throw new Error(`it is of ${checkpoint.origin}`);
      held.push({ log, index: proof.index, bytes, where, kind: 'bundle' });
      checkpoints.set(`${log} ${checkpoint.size} ${Buffer.from(checkpoint.root).toString('hex')}`, {
        log,
        checkpoint,
        where,
      });
    } catch (error) {
      unproven.push({ log: logs.custody, where, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return { held, checkpoints: [...checkpoints.values()], unproven };
}

function bundleIn(path: string, text: string) {
  try {
    return readBundle(text);
  } catch (error) {
    if (error instanceof EvidenceRefused) throw new AuditImpossible(`${path}: ${error.message}`, error.cure);
    throw error;
  }
}

async function named<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new AuditImpossible(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)})`,
      'Check the path',
    );
  }
}
