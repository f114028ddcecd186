// What parties bring: evidence bundles.

import { readFile } from 'node:fs/promises';
import { EvidenceRefused, isUnproven, readBundle } from '@unbroken/evidence';
import { leafHash, parseTlogProof, readTrustPolicy, verifyTlogProof } from '@unbroken/tlog';
import type { Checkpoint, TrustPolicy } from '@unbroken/tlog';
import { allOf, originOf } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import type { LogKeys } from '../sign/log-keys.js';
import { AuditImpossible, readable } from './audit-impossible.js';
import type { Held } from './witness.js';

export interface OpenedBundle {
  readonly held: readonly Held[];
  /** Those that the receipts stand under, signed by their log. */
  readonly checkpoints: readonly { readonly log: LogName; readonly checkpoint: Checkpoint; readonly where: string }[];
  /** Receipts that prove nothing under this deployment's keys. */
  readonly unproven: readonly { readonly log: LogName; readonly where: string; readonly why: string }[];
}

/** Reads evidence bundles; only what a receipt proves counts. @throws AuditImpossible naming the one that is none */
export async function openBundles(
  { keys, deployment }: { readonly keys: LogKeys; readonly deployment: string },
  known: Logs,
  paths: readonly string[],
): Promise<OpenedBundle[]> {
  if (paths.length === 0) return [];
  const logs: { readonly origin: string; readonly vkey: string }[] = [];
  for (const log of allOf(known)) {
    const key = await keys.ifThere(log);
    if (key !== undefined) logs.push({ origin: originOf(log, deployment), vkey: key.vkey });
  }
  const policy: TrustPolicy = readTrustPolicy({ logs, witnesses: [], quorum: 0 });
  const opened: OpenedBundle[] = [];
  for (const path of paths) opened.push(await openBundle(path, known, deployment, policy));
  return opened;
}

async function openBundle(path: string, logs: Logs, deployment: string, policy: TrustPolicy): Promise<OpenedBundle> {
  const bundle = bundleIn(path, await readable(path, readFile(path, 'utf8')));
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
