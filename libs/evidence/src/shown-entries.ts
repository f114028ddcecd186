// The entries that receipts show: each one is what its log hashed at its index.

import { decodeEntry } from '@unbroken/contracts';
import type { Entry } from '@unbroken/contracts';
import { leafHash, parseTlogProof, verifyTlogProof } from '@unbroken/tlog';
import type { TrustPolicy, WeighedCheckpoint } from '@unbroken/tlog';
import type { RecordedEvidence } from './bundle.js';
import type { Checks } from './checks.js';
import { reasonOf } from './reason-of.js';

export interface ShownEntry {
  readonly entry: Entry;
  readonly index: number;
  /** The checkpoint that the receipt shows it under. */
  readonly under: WeighedCheckpoint;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The entries that hold, each with what it was listed with, in the order of the log; whatever does not is a failed check.
 * `of` says whose they are. Witnesses are weighed, not demanded.
 */
export async function shownEntries<T extends RecordedEvidence>(
  listed: readonly T[],
  policy: TrustPolicy,
  of: (one: T) => string,
  checks: Checks,
): Promise<(ShownEntry & { readonly listed: T })[]> {
  const shown: (ShownEntry & { readonly listed: T })[] = [];
  for (const [at, one] of listed.entries()) {
    try {
      shown.push({ ...(await shownEntry(one, policy)), listed: one });
    } catch (error) {
      checks.add(
        'records',
        'fails',
        `The receipt of statement ${at + 1} of ${of(one)} does not hold: ${reasonOf(error)}.`,
      );
    }
  }
  shown.sort((a, b) => a.index - b.index);
  return shown.filter((one, at) => isInOrder(one, shown[at - 1], checks));
}

/** @throws TlogRefused, RangeError */
async function shownEntry({ body, receipt }: RecordedEvidence, policy: TrustPolicy): Promise<ShownEntry> {
  const proof = parseTlogProof(receipt);
  const said = encoder.encode(body);
  const first = proof.extra ?? new Uint8Array();
  const bytes = new Uint8Array(first.length + said.length);
  bytes.set(first);
  bytes.set(said, first.length);
  const under = await verifyTlogProof(proof, leafHash(bytes), { ...policy, quorum: 0 });
  return { entry: decodeEntry(decoder.decode(bytes)), index: proof.index, under };
}

/** A log gives every index once, and its times never decrease. */
function isInOrder(one: ShownEntry, before: ShownEntry | undefined, checks: Checks): boolean {
  if (before === undefined) return true;
  const { origin } = one.under.checkpoint;
  if (before.under.checkpoint.origin !== origin) {
    checks.add('records', 'fails', `Entries are of two logs, ${before.under.checkpoint.origin} and ${origin}.`);
    return false;
  }
  if (before.index === one.index) {
    checks.add('records', 'fails', `Entry ${one.index} of ${origin} is listed twice.`);
    return false;
  }
  if (one.entry.recordedAt < before.entry.recordedAt) {
    checks.add('records', 'fails', `Entry ${one.index} of ${origin} is recorded before entry ${before.index}.`);
  }
  return true;
}
