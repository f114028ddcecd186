// Which chains a scan is about. Carriers use their numbers again (UPU S10 and GS1 SSCC after twelve months), so that time
// decides; and a consignment's number is on several parcels.

import { keys } from '../record/gateway-record.js';
import type { GatewayRecord } from '../record/gateway-record.js';
import type { Scan } from '../read/scan.js';

const DAY_S = 24 * 3600;
/** A number is not used again sooner. */
const BEFORE_S = 366 * DAY_S;
/** A registration may come after the first scans. */
const AFTER_S = 31 * DAY_S;

/**
 * The chains that bore its number when it was scanned, the oldest first: registered in the twelve months before or the month
 * after; none before it where there is one within. All of them, for who registers somebody else's number must not draw its
 * scans away.
 */
export async function chainsBearing(
  record: Pick<GatewayRecord, 'entries'>,
  { scheme, number, when }: Pick<Scan, 'scheme' | 'number' | 'when'>,
): Promise<readonly string[]> {
  const prefix = keys.numbered(scheme, number);
  const found = (await record.entries(prefix)).map(([key, at]) => ({ sub: key.slice(prefix.length), at: Number(at) }));
  const bearing = scheme === 'shipment' ? found : found.filter(({ at }) => at > when - BEFORE_S && at < when + AFTER_S);
  return bearing.sort((a, b) => a.at - b.at).map(({ sub }) => sub);
}
