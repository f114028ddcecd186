// The parcel's own chain: what holds of it, as the fold sees it.

import { shipmentRecorded } from '@unbroken/custody';
import type { Recorded, Registry } from '@unbroken/custody';
import type { TrustPolicy } from '@unbroken/tlog';
import { parseToken, verifyToken } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { EvidenceBundle } from './bundle.js';
import type { Checks } from './checks.js';
import { reasonOf } from './reason-of.js';
import { shownEntries } from './shown-entries.js';
import type { ShownEntry } from './shown-entries.js';

export type CustodyStatement = ShownEntry & { readonly recorded: Recorded };

/** `known` holds the party chains of the bundle: a key that they do not bring counts for nothing. */
export async function readCustody(
  bundle: EvidenceBundle & { readonly sub: ShipmentId },
  known: { readonly registry: Registry; readonly deployment: string },
  policy: TrustPolicy,
  checks: Checks,
): Promise<readonly CustodyStatement[]> {
  const statements: CustodyStatement[] = [];
  for (const shown of await shownEntries(bundle.tokens, policy, () => 'the parcel', checks)) {
    try {
      statements.push({ ...shown, recorded: await recordedIn(shown, bundle.sub, known) });
    } catch (error) {
      checks.add('signatures', 'fails', `Entry ${shown.index} of the custody log does not hold: ${reasonOf(error)}.`);
    }
  }
  return statements;
}

/** @throws TokenRefused, RangeError when the ledger could not have recorded it for this parcel */
async function recordedIn(
  { entry, index }: ShownEntry,
  sub: ShipmentId,
  known: { readonly registry: Registry; readonly deployment: string },
): Promise<Recorded> {
  const { recordedAt, registrySize } = entry;
  const place = { index, recordedAt, registrySize };
  // Its bytes are in no log: that it is about this parcel is the ledger's word, by the count it signs.
  if (entry.kind === 'malformed') return { ...place, tid: entry.tid, kid: entry.kid, malformed: entry.reason };
  const envelope = parseToken(entry.token);
  if (envelope.claims.sub !== sub) throw new RangeError(`it is about ${envelope.claims.sub}`);
  const key = known.registry.keyAt(envelope.header.kid, registrySize);
  if (key === undefined) throw new RangeError(`no party's chain here brings its key ${envelope.header.kid}`);
  await verifyToken(envelope, key);
  return shipmentRecorded(place, envelope, known);
}
