// An entry that was found, as the row that it is to be.

import { decodeEntry } from '@unbroken/contracts';
import { parseStatementSync } from '@unbroken/manifests/node';
import { bytesOf } from '../audit/audited-row.js';
import type { AuditedRow } from '../audit/audited-row.js';
import type { LogName } from '../logs.js';
import type { FoundEntry } from './found-entries.js';
import { unreadable } from './recover-refused.js';

export interface Wanted extends FoundEntry {
  readonly tid: string;
  readonly kid: string;
  readonly sub: string;
  readonly recordedAt: number;
  readonly registrySize: number;
  readonly token: string | null;
  readonly malformed: string | null;
}

/** @throws RecoverRefused recover.unreadable */
export function wantedOf(log: LogName, entry: FoundEntry): Wanted {
  const read = decodeEntry(entry.bytes.toString('latin1'));
  const { recordedAt, registrySize } = read;
  if (read.kind === 'token') {
    const { tid, header, claims } = parseStatementSync(read.token);
    const said = { tid, kid: header.kid, sub: claims.sub, token: read.token, malformed: null };
    return { ...entry, recordedAt, registrySize, ...said };
  }
  if (entry.sub === null)
    throw unreadable(log, entry.index, 'it is malformed, and no source says whose chain it is in');
  const { tid, kid, reason } = read;
  return { ...entry, recordedAt, registrySize, tid, kid, sub: entry.sub, token: null, malformed: reason };
}

/** Only the topic knows what stands beside an entry; where nobody does, what the row says is kept. */
export function isAsWanted(wanted: readonly Wanted[], rows: readonly AuditedRow[]): (row: AuditedRow) => boolean {
  const byIndex = new Map(wanted.map((one) => [one.index, one]));
  const count = new Map<string, number>();
  for (const { index } of rows) count.set(index, (count.get(index) ?? 0) + 1);
  return (row) => {
    const one = byIndex.get(Number(row.index));
    return (
      one !== undefined &&
      count.get(row.index) === 1 &&
      row.whole &&
      bytesOf(row)?.equals(one.bytes) === true &&
      row.tid === one.tid &&
      row.kid === one.kid &&
      row.sub === one.sub &&
      (row.received_at?.toISOString() ?? null) === one.receivedAt &&
      (row.device_clock?.toISOString() ?? null) === one.deviceClock
    );
  };
}
