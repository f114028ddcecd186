// The rows of a log taken away and put in, whatever its tree says of them: part of the one transaction of a recovery.

import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import type { Wanted } from './wanted.js';

export async function removeAt(manager: EntityManager, log: LogName, indices: readonly number[]): Promise<void> {
  if (indices.length === 0) return;
  const which = 'log = $1 AND index = ANY($2::bigint[])';
  await manager.query(`DELETE FROM malformed_tokens WHERE tid IN (SELECT tid FROM entries WHERE ${which})`, [
    log,
    indices,
  ]);
  await manager.query(`DELETE FROM entries WHERE ${which}`, [log, indices]);
}

export async function removeBeyond(manager: EntityManager, log: LogName, size: number): Promise<void> {
  const which = 'log = $1 AND (index < 0 OR index >= $2)';
  await manager.query(`DELETE FROM malformed_tokens WHERE tid IN (SELECT tid FROM entries WHERE ${which})`, [
    log,
    size,
  ]);
  await manager.query(`DELETE FROM entries WHERE ${which}`, [log, size]);
}

/**
 * Answers how many were put in. A token that another log has already, because it was lost with this one and recorded
 * there again, stays where it is: each is in the record once.
 */
export async function insert(manager: EntityManager, log: LogName, entries: readonly Wanted[]): Promise<number> {
  if (entries.length === 0) return 0;
  const inserted = await manager.query<unknown[]>(
    `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token, malformed, received_at, device_clock)
     SELECT $1, given.* FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[],
                              $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[]) AS given (index, tid)
     WHERE NOT EXISTS (SELECT 1 FROM entries AS other WHERE other.tid = given.tid AND other.log <> $1)
     RETURNING 1`,
    [
      log,
      entries.map(({ index }) => index),
      entries.map(({ tid }) => tid),
      entries.map(({ kid }) => kid),
      entries.map(({ sub }) => sub),
      entries.map(({ recordedAt }) => rfc3339(recordedAt)),
      entries.map(({ registrySize }) => registrySize),
      entries.map(({ token }) => token),
      entries.map(({ malformed }) => malformed),
      entries.map(({ receivedAt }) => receivedAt),
      entries.map(({ deviceClock }) => deviceClock),
    ],
  );
  return inserted.length;
}
