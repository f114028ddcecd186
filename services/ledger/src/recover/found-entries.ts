// What was found of the logs, wherever it was: kept in a table of its own until it is known to be what was signed. The
// table is emptied at each begin and goes at the end; a crash leaves it, and nobody else reads it.

import { createHash } from 'node:crypto';
import { decodeEntry } from '@unbroken/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';

/** Where an entry was found; else the folder of a party's copy. */
export const KAFKA = 'kafka';
export const DATABASE = 'database';

export interface FoundEntry {
  readonly index: number;
  /** As it was hashed. */
  readonly bytes: Buffer;
  /** The chain, where the source tells it. */
  readonly sub: string | null;
  /** RFC 3339. */
  readonly receivedAt: string | null;
  readonly deviceClock: string | null;
}

interface FoundRow {
  readonly index: string;
  readonly bytes: Buffer;
  readonly sub: string | null;
  readonly received_at: Date | null;
  readonly device_clock: Date | null;
}

export class FoundEntries {
  constructor(private readonly dataSource: DataSource) {}

  /** Not logged: after a crash of Postgres it is empty, and begun again anyway. */
  async begin(): Promise<void> {
    await this.end();
    await this.dataSource.query(`
      CREATE UNLOGGED TABLE recovering (
        log text COLLATE "C" NOT NULL,
        index bigint NOT NULL,
        hash bytea NOT NULL,
        source text NOT NULL,
        bytes bytea NOT NULL,
        sub text,
        received_at timestamptz,
        device_clock timestamptz,
        fits boolean NOT NULL DEFAULT true,
        PRIMARY KEY (log, index, hash)
      )`);
  }

  async end(): Promise<void> {
    await this.dataSource.query('DROP TABLE IF EXISTS recovering');
  }

  /** Of the same entry the first source counts; what it does not tell beside, a later one adds: Kafka comes first. */
  async add(log: LogName, source: string, found: readonly FoundEntry[]): Promise<void> {
    const once = [
      ...new Map(found.map((entry) => [`${entry.index} ${hashOf(entry.bytes).toString('hex')}`, entry])).values(),
    ];
    if (once.length === 0) return;
    await this.dataSource.query(
      `INSERT INTO recovering (log, index, hash, source, bytes, sub, received_at, device_clock)
       SELECT $1, index, hash, $2, bytes, sub, received_at, device_clock
       FROM unnest($3::bigint[], $4::bytea[], $5::bytea[], $6::text[], $7::timestamptz[], $8::timestamptz[])
         AS found (index, hash, bytes, sub, received_at, device_clock)
       ON CONFLICT (log, index, hash) DO UPDATE SET
         sub = coalesce(recovering.sub, excluded.sub),
         received_at = coalesce(recovering.received_at, excluded.received_at),
         device_clock = coalesce(recovering.device_clock, excluded.device_clock)`,
      [
        log,
        source,
        once.map(({ index }) => index),
        once.map(({ bytes }) => hashOf(bytes)),
        once.map(({ bytes }) => bytes),
        once.map(({ sub }) => sub),
        once.map(({ receivedAt }) => receivedAt),
        once.map(({ deviceClock }) => deviceClock),
      ],
    );
  }

  /** One for each index from `from` up to, not including, `to`, by this order of sources. */
  async between(
    log: LogName,
    { from, to }: { readonly from: number; readonly to: number },
    order: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<FoundEntry[]> {
    const rows = await manager.query<FoundRow[]>(
      `SELECT DISTINCT ON (index) index, bytes, sub, received_at, device_clock FROM recovering
       WHERE log = $1 AND index >= $2 AND index < $3 AND fits
       ORDER BY index, array_position($4::text[], source), hash`,
      [log, from, to, order],
    );
    return rows.map(foundIn);
  }

  /** Indices below `size` that nobody holds, as ranges: from, and up to and including. */
  async lacking(log: LogName, size: number): Promise<(readonly [number, number])[]> {
    const rows = await this.dataSource.query<{ from: string; to: string }[]>(
      `SELECT before + 1 AS from, index - 1 AS to FROM (
         SELECT index, lag(index, 1, -1::bigint) OVER (ORDER BY index) AS before FROM (
           SELECT DISTINCT index FROM recovering WHERE log = $1 AND index < $2 AND fits UNION SELECT $2::bigint
         ) AS there
       ) AS steps WHERE index > before + 1 ORDER BY 1`,
      [log, size],
    );
    return rows.map(({ from, to }) => [Number(from), Number(to)] as const);
  }

  /** All that is held from `from` up to, not including, `to`, of each index in this order of sources. */
  async candidates(
    log: LogName,
    { from, to }: { readonly from: number; readonly to: number },
    order: readonly string[],
  ): Promise<FoundEntry[]> {
    const rows = await this.dataSource.query<FoundRow[]>(
      `SELECT index, bytes, sub, received_at, device_clock FROM recovering
       WHERE log = $1 AND index >= $2 AND index < $3
       ORDER BY index, array_position($4::text[], source), hash`,
      [log, from, to, order],
    );
    return rows.map(foundIn);
  }

  /** These are not what the log is refilled with; they are not forgotten either. */
  async setAside(log: LogName, unfit: readonly FoundEntry[]): Promise<void> {
    if (unfit.length === 0) return;
    await this.dataSource.query(
      `UPDATE recovering SET fits = false FROM unnest($2::bigint[], $3::bytea[]) AS unfit (index, hash)
       WHERE recovering.log = $1 AND recovering.index = unfit.index AND recovering.hash = unfit.hash`,
      [log, unfit.map(({ index }) => index), unfit.map(({ bytes }) => hashOf(bytes))],
    );
  }

  /** How many below `size` were set aside. */
  async asideBelow(log: LogName, size: number): Promise<number> {
    const [row] = await this.dataSource.query<{ count: string }[]>(
      'SELECT count(*) FROM recovering WHERE log = $1 AND index < $2 AND NOT fits',
      [log, size],
    );
    return Number(row?.count);
  }

  /** When the entries before the first and after the last of these ranges were recorded; milliseconds since 1970. */
  async timesAround(
    log: LogName,
    ranges: readonly (readonly [number, number])[],
    order: readonly string[],
  ): Promise<readonly [from: number | undefined, to: number | undefined]> {
    const at = async (index: number) => {
      const [entry] = await this.between(log, { from: index, to: index + 1 }, order);
      return entry && decodeEntry(entry.bytes.toString('latin1')).recordedAt;
    };
    return [await at((ranges[0]?.[0] ?? 0) - 1), await at((ranges.at(-1)?.[1] ?? -2) + 1)];
  }

  /**
   * What the log before `log` published beyond its last checkpoint, of `signed` entries, and so nobody holds a receipt for:
   * it begins the log that goes on. Answers how many.
   */
  async moveUnsigned(ended: LogName, signed: number, log: LogName): Promise<number> {
    const end = await this.endOf(ended, signed);
    await this.dataSource.query(
      `INSERT INTO recovering (log, index, hash, source, bytes, sub, received_at, device_clock)
       SELECT $1, index - $3, hash, source, bytes, sub, received_at, device_clock FROM recovering
       WHERE log = $2 AND source = '${KAFKA}' AND index >= $3 AND index < $4
       ON CONFLICT DO NOTHING`,
      [log, ended, signed, end],
    );
    return end - signed;
  }

  /** Within the transaction of the refill: whatever was found of a log that has ended, and is no entry of any log now. */
  async keepRemnants(manager: EntityManager, log: LogName): Promise<void> {
    await manager.query(
      `INSERT INTO remnants (log, index, hash, source, bytes, sub, received_at, device_clock)
       SELECT log, index, hash, source, bytes, sub, received_at, device_clock FROM recovering
       WHERE log = $1 AND NOT fits
         AND NOT EXISTS (SELECT 1 FROM recovering AS moved WHERE moved.log <> $1 AND moved.hash = recovering.hash)
       ON CONFLICT DO NOTHING`,
      [log],
    );
  }

  /** Where more than one entry is held. */
  async disputed(log: LogName): Promise<number[]> {
    const rows = await this.dataSource.query<{ index: string }[]>(
      'SELECT index FROM recovering WHERE log = $1 GROUP BY index HAVING count(*) > 1 ORDER BY index LIMIT 20',
      [log],
    );
    return rows.map(({ index }) => Number(index));
  }

  /** How far what Kafka holds goes on without a hole from `signed` on: nobody else may add what was never signed. */
  async endOf(log: LogName, signed: number): Promise<number> {
    const [row] = await this.dataSource.query<{ end: string | null }[]>(
      `SELECT min(place) AS end FROM (
         SELECT $2::bigint + row_number() OVER (ORDER BY index) - 1 AS place, index FROM (
           SELECT DISTINCT index FROM recovering WHERE log = $1 AND source = '${KAFKA}' AND index >= $2
         ) AS published
         UNION ALL
         SELECT $2::bigint + count(DISTINCT index), NULL FROM recovering
           WHERE log = $1 AND source = '${KAFKA}' AND index >= $2
       ) AS places WHERE index IS DISTINCT FROM place`,
      [log, signed],
    );
    return Number(row?.end ?? signed);
  }

  /** One more than the largest index that Kafka holds. */
  async endOnKafka(log: LogName): Promise<number> {
    const [row] = await this.dataSource.query<{ end: string }[]>(
      `SELECT coalesce(max(index) + 1, 0) AS end FROM recovering WHERE log = $1 AND source = '${KAFKA}'`,
      [log],
    );
    return Number(row?.end);
  }
}

const foundIn = ({ index, bytes, sub, received_at, device_clock }: FoundRow): FoundEntry => ({
  index: Number(index),
  bytes,
  sub,
  receivedAt: received_at?.toISOString() ?? null,
  deviceClock: device_clock?.toISOString() ?? null,
});

const hashOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
