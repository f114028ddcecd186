// One entry of the custody log as the fold sees it: what it says, and what the registry log said about its signer then.

import { shipmentRecorded } from '@unbroken/custody';
import type { Recorded } from '@unbroken/custody';
import { PoisonMessage, toldBeside } from '@unbroken/platform';
import type { RawMessage, ToldBeside } from '@unbroken/platform';
import { isShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { readEntry } from './read-entry.js';
import type { ReadEntry } from './read-entry.js';
import type { RegistryView } from './registry-view.js';

/** An entry whose meaning waits for the view to know the registry log up to `entry.registrySize`. */
export interface CustodyEntry {
  readonly sub: ShipmentId;
  readonly entry: ReadEntry;
  /** The uploading device's clock minus the server's, in seconds. */
  readonly drift?: number;
}

/**
 * Reads a message of custody.recorded.v1.
 * @throws PoisonMessage when it is not an entry of a shipment's chain
 */
export function readCustodyEntry(message: RawMessage): CustodyEntry {
  const told = toldBeside(message);
  const entry = readEntry(message, told);
  const sub = entry.kind === 'token' ? entry.envelope.claims.sub : message.key;
  if (!isShipmentId(sub)) throw new PoisonMessage(message.offset, 'not about a shipment');
  const drift = driftOf(told);
  return drift === undefined ? { sub, entry } : { sub, entry, drift };
}

/** What the entry means; the view must have reached `entry.registrySize`, see `RegistryView.reach`. */
export function recordedIn({ entry, drift }: CustodyEntry, view: RegistryView): Recorded {
  const { index, recordedAt, registrySize } = entry;
  const place = drift === undefined ? { index, recordedAt, registrySize } : { index, recordedAt, registrySize, drift };
  if (entry.kind === 'malformed') return { ...place, tid: entry.tid, kid: entry.kid, malformed: entry.reason };
  return shipmentRecorded(place, entry.envelope, view);
}

/** `readCustodyEntry` and `recordedIn` in one, for a view that has reached the entry. */
export const recordedFrom = (message: RawMessage, view: RegistryView): Recorded =>
  recordedIn(readCustodyEntry(message), view);

function driftOf({ deviceClock, receivedAt }: ToldBeside): number | undefined {
  const device = Date.parse(deviceClock ?? '');
  const server = Date.parse(receivedAt ?? '');
  return Number.isNaN(device - server) ? undefined : (device - server) / 1000;
}
