// Tokens whose key is not known yet. They wait for exactly their key, in the order they came, for up to 72 hours
// (docs/protocol, section 2).

import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { KeyId } from '@unbroken/tokens';
import type { Batch, ParkedArrival } from '../append/batch.js';
import type { LogName } from '../logs.js';
import type { Reading } from '../verify/verdict.js';
import { rfc3339, rfc3339OrNull } from '../rfc3339.js';

export const LONGEST_WAIT_MS = 72 * 60 * 60 * 1000;

/** Enough to share a transaction, few enough that new tokens are not kept waiting behind old ones. */
const AT_ONCE = 500;

/** A token is parked once by its bytes, however often it is delivered: its wait begins with the first. */
export async function parkTokens(manager: EntityManager, { log, toPark, now }: Batch): Promise<void> {
  if (toPark.length === 0) return;
  await manager.query(
    `INSERT INTO parked (hash, log, tid, kid, sub, token, received_at, device_clock, parked_at)
     SELECT hash, $1, tid, kid, sub, token, received_at, device_clock, $2::timestamptz
     FROM unnest($3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[])
       WITH ORDINALITY AS waiting (hash, tid, kid, sub, token, received_at, device_clock, n)
     ORDER BY n
     ON CONFLICT (hash) DO NOTHING`,
    [
      log,
      rfc3339(now),
      toPark.map(({ arrival }) => createHash('sha256').update(arrival.bytes).digest()),
      toPark.map(({ judgement }) => judgement.tid),
      toPark.map(({ judgement }) => judgement.kid),
      toPark.map(({ judgement }) => judgement.sub),
      toPark.map(({ arrival }) => arrival.bytes.toString('latin1')),
      toPark.map(({ arrival }) => rfc3339OrNull(arrival.receivedAt)),
      toPark.map(({ arrival }) => rfc3339OrNull(arrival.deviceClock)),
    ],
  );
}

/** In the transaction that records or refuses them: a token is never both parked and decided, nor neither. */
export async function settleParked(manager: EntityManager, settled: readonly Buffer[]): Promise<void> {
  if (settled.length > 0) await manager.query('DELETE FROM parked WHERE hash = ANY($1::bytea[])', [settled]);
}

export interface ParkedPage {
  readonly arrivals: readonly ParkedArrival[];
  /** Where the next page begins. */
  readonly after: string;
}

interface ParkedRow extends Reading {
  readonly hash: Buffer;
  readonly arrival: string;
  readonly token: string;
  readonly received_at: Date | null;
  readonly device_clock: Date | null;
}

const COLUMNS = 'hash, arrival, tid, kid, sub, token, received_at, device_clock';

/** Tokens of these keys, in the order they came, from behind `after`; none left: no arrivals. */
export async function parkedOf(
  dataSource: DataSource,
  log: LogName,
  kids: readonly KeyId[],
  after = '0',
): Promise<ParkedPage> {
  const rows = await dataSource.query<ParkedRow[]>(
    `SELECT ${COLUMNS} FROM parked WHERE kid = ANY($1::text[]) AND log = $2 AND arrival > $3
     ORDER BY arrival LIMIT ${AT_ONCE}`,
    [kids, log, after],
  );
  return { arrivals: rows.map(arrivalIn), after: rows.at(-1)?.arrival ?? after };
}

/** Tokens that have waited since before `since` (milliseconds since the epoch), the oldest first. */
export async function parkedBefore(dataSource: DataSource, log: LogName, since: number): Promise<ParkedArrival[]> {
  const rows = await dataSource.query<ParkedRow[]>(
    `SELECT ${COLUMNS} FROM parked WHERE parked_at < $1::timestamptz AND log = $2 ORDER BY parked_at LIMIT ${AT_ONCE}`,
    [rfc3339(since), log],
  );
  return rows.map(arrivalIn);
}

/** The keys that parked tokens wait for. */
export async function awaitedKeys(dataSource: DataSource): Promise<ReadonlySet<KeyId>> {
  const rows = await dataSource.query<{ kid: KeyId }[]>('SELECT DISTINCT kid FROM parked');
  return new Set(rows.map(({ kid }) => kid));
}

const arrivalIn = (row: ParkedRow): ParkedArrival => ({
  parked: row.hash,
  reading: { tid: row.tid, kid: row.kid, sub: row.sub },
  bytes: Buffer.from(row.token, 'latin1'),
  receivedAt: row.received_at?.getTime() ?? null,
  deviceClock: row.device_clock?.getTime() ?? null,
});
