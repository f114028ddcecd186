// An entry as it goes out on its topic (docs/protocol, section 7), and as reading a chain reads it back.

import { encodeEntry, headers } from '@unbroken/contracts';
import type { KeyId, PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { Batch } from '../append/batch.js';
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

/** A log after those that it succeeds: their numbers grow. For the rows of one chain. */
export const LOG_ORDER = `length(log), log`;

export interface EntryMessage {
  readonly key: ShipmentId | PartyId;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** What of an entry goes out; times in milliseconds. */
interface PublishedEntry {
  readonly index: string;
  readonly sub: EntryMessage['key'];
  readonly bytes: Buffer;
  readonly receivedAt: number | null;
  readonly deviceClock: number | null;
}

export const entryMessage = (row: EntryRow, origin: string): EntryMessage =>
  messageOf(
    {
      index: row.index,
      sub: row.sub,
      bytes: entryBytes(row),
      receivedAt: row.received_at && row.received_at.getTime(),
      deviceClock: row.device_clock && row.device_clock.getTime(),
    },
    origin,
  );

/** The messages of a batch that has just been written: the same, byte for byte, as of the rows it wrote. */
export const batchMessages = ({ entries }: Batch, origin: string): readonly EntryMessage[] =>
  entries.map(({ index, arrival: { receivedAt, deviceClock }, judgement, bytes }) =>
    messageOf({ index: String(index), sub: judgement.sub, bytes, receivedAt, deviceClock }, origin),
  );

function messageOf({ index, sub, bytes, receivedAt, deviceClock }: PublishedEntry, origin: string): EntryMessage {
  const told: Record<string, string> = { [headers.logOrigin]: origin, [headers.logIndex]: index };
  if (receivedAt !== null) told[headers.receivedAt] = rfc3339(receivedAt);
  if (deviceClock !== null) told[headers.deviceClock] = rfc3339(deviceClock);
  return { key: sub, value: bytes, headers: told };
}

/** The entry of a row as it is hashed and published. */
export function entryBytes({
  tid,
  kid,
  recorded_at,
  registry_size,
  token,
  malformed,
}: Pick<EntryRow, 'tid' | 'kid' | 'recorded_at' | 'registry_size' | 'token' | 'malformed'>): Buffer {
  const first = { recordedAt: recorded_at.getTime(), registrySize: Number(registry_size) };
  const text = encodeEntry(
    token === null
      ? { kind: 'malformed', ...first, tid, kid, reason: malformed ?? '' }
      : { kind: 'token', ...first, token },
  );
  return Buffer.from(text, 'latin1');
}
