// The entries that receipts show: each one is what its log hashed at its index.

import { decodeEntry, positionOf } from '@unbroken/contracts';
import type { Entry } from '@unbroken/contracts';
import { leafHash, parseTlogProof, verifyTlogProof } from '@unbroken/tlog';
import type { TrustPolicy, WeighedCheckpoint } from '@unbroken/tlog';
import type { RecordedEvidence } from './bundle.js';
import type { Checks } from './checks.js';
import { reasonOf } from './reason-of.js';
import type { OpenedSuccession } from './succession.js';

export interface ShownEntry {
  readonly entry: Entry;
  readonly index: number;
  /** The checkpoint that the receipt shows it under. */
  readonly under: WeighedCheckpoint;
  /** Signatures on that checkpoint by keys that are not trusted: they say nothing. */
  readonly strangers: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEW_LINE = 0x0a;

/**
 * The entries that hold, each with what it was listed with, in the order of the log, and of a successor after those of the
 * log that it succeeds; whatever does not hold is a failed check. `of` says whose they are. Witnesses are weighed, not
 * demanded.
 */
export async function shownEntries<T extends RecordedEvidence>(
  listed: readonly T[],
  policy: TrustPolicy,
  of: (one: T) => string,
  checks: Checks,
  successions: readonly OpenedSuccession[] = [],
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
  const isListedInOrder = shown.every((one, at) => placeOf(one) >= placeOf(shown[at - 1]) || isOther(shown, at, of));
  if (!isListedInOrder) checks.add('records', 'fails', 'Statements are not listed in the order of their log.');
  shown.sort((a, b) => placeOf(a) - placeOf(b));
  const succeed = new Set(successions.flatMap(({ origin, ended }) => [origin, ended.origin]));
  return shown.filter((one, at) => isInOrder(one, shown[at - 1], succeed, checks));
}

/** In the record: see positionOf. */
const placeOf = (one: ShownEntry | undefined): number =>
  one === undefined ? 0 : positionOf(one.under.checkpoint.origin, one.index);

/** @throws TlogRefused, RangeError */
async function shownEntry({ body, receipt }: RecordedEvidence, policy: TrustPolicy): Promise<ShownEntry> {
  const proof = parseTlogProof(receipt);
  const said = encoder.encode(body);
  const first = proof.extra ?? new Uint8Array();
  // Cut elsewhere the two would be the same entry, and a reader of either part would take it for something else.
  const line = first.indexOf(NEW_LINE) + 1;
  if (line === 0 || line !== first.length) throw new RangeError('it does not hold the first line of the entry');
  const bytes = new Uint8Array(first.length + said.length);
  bytes.set(first);
  bytes.set(said, first.length);
  const under = await verifyTlogProof(proof, leafHash(bytes), { ...policy, quorum: 0 });
  const strangers = proof.checkpoint.signatures.length - 1 - under.cosigned.length;
  return { entry: decodeEntry(decoder.decode(bytes)), index: proof.index, under, strangers };
}

/** The first of another chain: chains are listed one after the other, each in the order of the log. */
const isOther = <T>(shown: readonly { readonly listed: T }[], at: number, of: (one: T) => string): boolean => {
  const [one, before] = [shown[at], shown[at - 1]];
  return one !== undefined && before !== undefined && of(one.listed) !== of(before.listed);
};

/** A log gives every index once, and its times never decrease; nor do those of a log that succeeds another. */
function isInOrder(
  one: ShownEntry,
  before: ShownEntry | undefined,
  succeed: ReadonlySet<string>,
  checks: Checks,
): boolean {
  if (before === undefined) return true;
  const { origin } = one.under.checkpoint;
  const { origin: other } = before.under.checkpoint;
  if (other !== origin && !(succeed.has(other) && succeed.has(origin))) {
    checks.add('records', 'fails', `Entries are of two logs, ${other} and ${origin}.`);
    return false;
  }
  if (other === origin && before.index === one.index) {
    checks.add('records', 'fails', `Entry ${one.index} of ${origin} is listed twice.`);
    return false;
  }
  if (one.entry.recordedAt < before.entry.recordedAt) {
    checks.add('records', 'fails', `Entry ${one.index} of ${origin} is recorded before entry ${before.index}.`);
  }
  return true;
}
