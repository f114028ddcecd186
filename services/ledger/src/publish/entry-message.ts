// An entry as it goes out on its topic (docs/protocol, section 7), and as reading a chain reads it back.

import { encodeEntry, headers } from '@unbroken/contracts';
import type { KeyId, PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { LogName } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';

/** A row of the table of entries. */
export interface EntryRow {
  readonly log: LogName;
  /** Bigints, which the driver gives as text. */
  readonly index: string;
  readonly registry_size: string;
  readonly tid: TokenId;
  readonly kid: KeyId;
  readonly sub: ShipmentId | PartyId;
  readonly recorded_at: Date;
  /** One of the two is null. */
  readonly token: string | null;
  readonly malformed: string | null;
  readonly received_at: Date | null;
  readonly device_clock: Date | null;
}

export const ENTRY_COLUMNS =
  'log, index, registry_size, tid, kid, sub, recorded_at, token, malformed, received_at, device_clock';

export interface EntryMessage {
  readonly key: ShipmentId | PartyId;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function entryMessage(row: EntryRow, origin: string): EntryMessage {
  return {
    key: row.sub,
    value: Buffer.from(entryText(row), 'latin1'),
    headers: {
      [headers.logOrigin]: origin,
      [headers.logIndex]: row.index,
      ...(row.received_at && { [headers.receivedAt]: rfc3339(row.received_at.getTime()) }),
      ...(row.device_clock && { [headers.deviceClock]: rfc3339(row.device_clock.getTime()) }),
    },
  };
}

function entryText({ tid, kid, recorded_at, registry_size, token, malformed }: EntryRow): string {
  const first = { recordedAt: recorded_at.getTime(), registrySize: Number(registry_size) };
  return encodeEntry(
    token === null
      ? { kind: 'malformed', ...first, tid, kid, reason: malformed ?? '' }
      : { kind: 'token', ...first, token },
  );
}
