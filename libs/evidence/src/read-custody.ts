// The parcel's own chain: what holds of it, as the fold sees it.

import { decodeEntry, positionOf } from '@unbroken/contracts';
import type { Entry } from '@unbroken/contracts';
import { shipmentRecorded } from '@unbroken/custody';
import type { Recorded, Registry } from '@unbroken/custody';
import { parseStatement } from '@unbroken/manifests';
import { verifyToken } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { isUnproven } from './bundle.js';
import type { EvidenceBundle, RecordedEvidence, UnprovenEvidence } from './bundle.js';
import type { Checks } from './checks.js';
import { reasonOf } from './reason-of.js';
import { shownEntries } from './shown-entries.js';
import type { ShownEntry } from './shown-entries.js';
import type { TrustedLogs } from './trusted-logs.js';

interface Placed {
  readonly entry: Entry;
  readonly index: number;
  /** Of the log. */
  readonly origin: string;
  /** The receipt's; undefined where the log has ended and nothing shows any more that the entry stood there. */
  readonly shown: ShownEntry | undefined;
}

export type CustodyStatement = Placed & { readonly recorded: Recorded };

/** `known` holds the party chains of the bundle: a key that they do not bring counts for nothing. */
export async function readCustody(
  bundle: EvidenceBundle & { readonly sub: ShipmentId },
  known: { readonly registry: Registry; readonly deployment: string },
  trusted: TrustedLogs,
  checks: Checks,
): Promise<readonly CustodyStatement[]> {
  const receipted = bundle.tokens.filter((one): one is RecordedEvidence => !isUnproven(one));
  const { custody, successions } = trusted;
  const shown = await shownEntries(receipted, custody, () => 'the parcel', checks, successions);
  const placed: Placed[] = shown.map((one) => ({ ...one, origin: one.under.checkpoint.origin, shown: one }));
  const all = [...placed, ...leftOver(bundle.tokens.filter(isUnproven), trusted, checks)];
  all.sort((a, b) => positionOf(a.origin, a.index) - positionOf(b.origin, b.index));
  const statements: CustodyStatement[] = [];
  for (const one of all) {
    try {
      statements.push({ ...one, recorded: await recordedIn(one, bundle.sub, known) });
    } catch (error) {
      checks.add('signatures', 'fails', `Entry ${one.index} of the custody log does not hold: ${reasonOf(error)}.`);
    }
  }
  return statements;
}

/** Only a log that has ended, and says so, may leave an entry without a receipt. */
function leftOver(listed: readonly UnprovenEvidence[], { successions }: TrustedLogs, checks: Checks): Placed[] {
  return listed.flatMap(({ body, unproven: { log, index, first } }) => {
    const ended = successions.find((one) => one.ended.origin === log)?.ended;
    try {
      if (ended === undefined) throw new RangeError(`nothing says that ${log} has ended`);
      if (index >= ended.size) throw new RangeError(`${log} ended at ${ended.size} entries`);
      if (first.indexOf('\n') !== first.length - 1) throw new RangeError('its first line is none');
      return [{ entry: decodeEntry(first + body), index, origin: log, shown: undefined }];
    } catch (error) {
      checks.add('records', 'fails', `A statement about the parcel has no receipt, and ${reasonOf(error)}.`);
      return [];
    }
  });
}

/** @throws TokenRefused, RangeError when the ledger could not have recorded it for this parcel */
async function recordedIn(
  { entry, index, origin }: Placed,
  sub: ShipmentId,
  known: { readonly registry: Registry; readonly deployment: string },
): Promise<Recorded> {
  const { recordedAt, registrySize } = entry;
  const place = { index: positionOf(origin, index), recordedAt, registrySize };
  // Its bytes are in no log: that it is about this parcel is the ledger's word, by the count it signs.
  if (entry.kind === 'malformed') return { ...place, tid: entry.tid, kid: entry.kid, malformed: entry.reason };
  const envelope = parseStatement(entry.token);
  if (envelope.claims.sub !== sub) throw new RangeError(`it is about ${envelope.claims.sub}`);
  const key = known.registry.keyAt(envelope.header.kid, registrySize);
  if (key === undefined) throw new RangeError(`no party's chain here brings its key ${envelope.header.kid}`);
  await verifyToken(envelope, key);
  return shipmentRecorded(place, envelope, known);
}
