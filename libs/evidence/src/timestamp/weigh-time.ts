// Since when the statements of a bundle have existed, by the word of time-stamping authorities.

import type { TrustAnswer } from '@unbroken/contracts';
import { parseNote, verifyConsistency, weighCheckpoint } from '@unbroken/tlog';
import type { Checkpoint, TrustPolicy } from '@unbroken/tlog';
import type { Checks } from '../checks.js';
import { reasonOf } from '../reason-of.js';
import type { ShownEntry } from '../shown-entries.js';
import type { CheckedTimestamp } from './check-timestamp.js';
import type { TimestampEvidence } from './timestamp-evidence.js';
import { TimestampRefused } from './timestamp-refused.js';

/** The statements of one log, and what they are called. */
export interface TimedStatements {
  readonly what: string;
  readonly shown: readonly ShownEntry[];
  readonly policy: TrustPolicy;
}

interface Weighed extends CheckedTimestamp {
  readonly checkpoint: Checkpoint;
  readonly of: TimedStatements;
  /** How many of the statements are in its tree. */
  readonly covered: number;
}

export async function weighTime(
  timestamps: readonly TimestampEvidence[],
  logs: readonly TimedStatements[],
  trusted: TrustAnswer,
  checks: Checks,
): Promise<void> {
  const certificates = (trusted.timestamps?.certificates ?? []).map(bytesOf);
  let isCovered = false;
  for (const timestamp of timestamps) {
    try {
      const weighed = await weighOne(timestamp, logs, certificates);
      isCovered ||= weighed.isTrusted;
      checks.add('time', weighed.isTrusted ? 'holds' : 'unknown', sentenceOf(weighed));
    } catch (error) {
      checks.add('time', 'fails', `A timestamp does not hold: ${whyNot(error)}.`);
    }
  }
  checks.add(
    'time',
    'unknown',
    isCovered
      ? 'When before that: the times are those of the signers’ devices and of the log.'
      : 'The times are those of the signers’ devices and of the log; no time-stamping authority that you trust vouches for them.',
  );
}

/** @throws TlogRefused, TimestampRefused, RangeError */
async function weighOne(
  { checkpoint: note, token, consistency }: TimestampEvidence,
  logs: readonly TimedStatements[],
  certificates: readonly Uint8Array[],
): Promise<Weighed> {
  const signed = parseNote(note);
  const of = logs.find(({ policy }) => policy.logs.some(({ origin }) => signed.text.startsWith(`${origin}\n`)));
  if (of === undefined) throw new RangeError('it is of another log');
  const { checkpoint } = await weighCheckpoint(signed, { ...of.policy, quorum: 0 });
  const { checkTimestamp } = await import('./check-timestamp.js');
  const checked = await checkTimestamp(bytesOf(token), new TextEncoder().encode(note), certificates);
  // A log shows all its entries here under one checkpoint, or others that one-history says to be unlike.
  const isOlder = ({ under }: ShownEntry) => under.checkpoint.size >= checkpoint.size;
  const later = of.shown.filter(isOlder).toSorted((a, b) => a.under.checkpoint.size - b.under.checkpoint.size)[0];
  if (later === undefined) throw new RangeError('its checkpoint is newer than every receipt');
  verifyConsistency(checkpoint, later.under.checkpoint, consistency.map(bytesOf));
  const shown = of.shown.filter(({ under }) => under.checkpoint.size === later.under.checkpoint.size);
  return { ...checked, checkpoint, of, covered: shown.filter(({ index }) => index < checkpoint.size).length };
}

function sentenceOf({ before, authority, isTrusted, checkpoint, of, covered }: Weighed): string {
  const time = `${new Date(before).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const said = `${covered} of ${of.shown.length} statements about ${of.what} existed before ${time}, in a checkpoint of ${checkpoint.size} entries of ${checkpoint.origin} that ${authority} has stamped`;
  return isTrusted ? `${said}.` : `${said}; your trust policy does not name this authority, so it may be anybody.`;
}

const whyNot = (error: unknown): string => (error instanceof TimestampRefused ? error.message : reasonOf(error));

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
