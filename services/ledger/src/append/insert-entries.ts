// New entries in one statement, numbered by their order, and the bytes of malformed ones apart, where they can be erased.

import { arrayLiteral, lines } from '@unbroken/platform';
import type { EntityManager } from 'typeorm';
import type { Batch, NewEntry } from './batch.js';
import { rewrittenIfTaken } from '../sign/log-rewritten.js';
import { rfc3339, rfc3339OrNull } from '../rfc3339.js';

export async function insertEntries(manager: EntityManager, batch: Batch): Promise<void> {
  const { log, head, entries, recordedAt } = batch;
  if (entries.length === 0) return;
  const inserting = manager.query(
    `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token, malformed, received_at, device_clock)
     SELECT $1, $2::bigint + n - 1, tid, kid, sub, $3::timestamptz, coalesce($4::bigint, $2::bigint + n - 1),
            token, malformed, received_at, device_clock
     FROM unnest(string_to_array($5, E'\\n'), string_to_array($6, E'\\n'), string_to_array($7, E'\\n'),
                 string_to_array($8, E'\\n', ''), string_to_array($9, E'\\n', ''), $10::timestamptz[], $11::timestamptz[])
       WITH ORDINALITY AS entry (tid, kid, sub, token, malformed, received_at, device_clock, n)`,
    [
      log,
      head.edge.size,
      rfc3339(recordedAt),
      batch.registrySize,
      lines(entries.map(({ judgement }) => judgement.tid)),
      lines(entries.map(({ judgement }) => judgement.kid)),
      lines(entries.map(({ judgement }) => judgement.sub)),
      tokenLines(entries),
      lines(entries.map(({ judgement }) => (judgement.is === 'malformed' ? judgement.reason : null))),
      arrayLiteral(entries.map(({ arrival }) => rfc3339OrNull(arrival.receivedAt))),
      arrayLiteral(entries.map(({ arrival }) => rfc3339OrNull(arrival.deviceClock))),
    ],
  );
  await inserting.catch((error: unknown) => rewrittenIfTaken(error, log));
  await keepMalformed(manager, entries);
}

const LINE_END = Buffer.from('\n');

/** A line each, empty for none. As bytes: PostgreSQL takes them for the text they are, and none has to become a string. */
function tokenLines(entries: readonly NewEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const { index, arrival, judgement } of entries) {
    if (index !== entries[0]?.index) parts.push(LINE_END);
    if (judgement.is === 'sound') parts.push(arrival.bytes);
  }
  return Buffer.concat(parts);
}

async function keepMalformed(manager: EntityManager, entries: readonly NewEntry[]): Promise<void> {
  const malformed = entries.filter(({ judgement }) => judgement.is === 'malformed');
  if (malformed.length === 0) return;
  await manager.query(
    'INSERT INTO malformed_tokens (tid, token) SELECT tid, token FROM unnest($1::text[], $2::bytea[]) AS kept (tid, token)',
    [malformed.map(({ judgement }) => judgement.tid), malformed.map(({ arrival }) => arrival.bytes)],
  );
}
