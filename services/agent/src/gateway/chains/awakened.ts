// Scans that waited for a number which has got a chain now: they are to be signed.

import type { Change, GatewayRecord } from '../record/gateway-record.js';
import type { NewNumber } from './heard.js';

export async function awakened(record: GatewayRecord, numbers: readonly NewNumber[]): Promise<readonly Change[]> {
  const changes: Change[] = [];
  // Once each: a consignment's number comes with many parcels.
  const unique = new Map(numbers.map((one) => [`${one.scheme} ${one.number}`, one]));
  for (const { scheme, number } of unique.values()) {
    for (const { key, value } of await record.waitingFor(scheme, number)) {
      changes.push([key, undefined], [record.nextTakenKey(), value]);
    }
  }
  return changes;
}
