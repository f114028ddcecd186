// Seals each day's openings: their hashes, and the tree over all until then, in one row that is never changed. Every
// checkpoint that is signed afterwards commits to it, so that a line removed or changed later is noticed.

import { Repeated } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { decodeRightEdge, emptyEdge, encodeRightEdge, grow, leafHash, rootOf } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource, EntityManager } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import type { OpeningHead } from './opening-head.js';
import { lineOf, openingsBetween } from './opening-rows.js';
import type { OpeningRow } from './opening-rows.js';

const POLL_MS = 1_000;
const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 5_000;
/** Rows have numbers from 1 on. */
const NONE = '0';

export interface DayRow {
  readonly day: string;
  /** A bigint, which the driver gives as text. */
  readonly upto: string;
  readonly leaves: Buffer;
  readonly edge: Buffer;
}

/** In their order. */
export const sealedDays = (manager: EntityManager): Promise<DayRow[]> =>
  manager.query<DayRow[]>('SELECT day::text AS day, upto, leaves, edge FROM opening_days ORDER BY upto');

export const headOf = ({ day, edge }: Pick<DayRow, 'day' | 'edge'>): OpeningHead => {
  const read = decodeRightEdge(edge);
  return { day, size: read.size, root: rootOf(read, nodeSha256) };
};

export const leafOf = (row: Omit<OpeningRow, 'no'>): Uint8Array => leafHash(Buffer.from(lineOf(row)), nodeSha256);

/** The day that this moment is in, UTC. */
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * Seals what is there and not sealed, under the day before `now`, unless that day is sealed or nothing is there. One
 * transaction: a crash before its commit seals nothing, and the next look does; after it the day is sealed.
 */
export async function sealDay(dataSource: DataSource, now: number): Promise<boolean> {
  const day = dayOf(now - DAY_MS);
  return dataSource.transaction(async (manager) => {
    // Whoever is adding one ends first, and who comes later has a higher number: none is left behind.
    await manager.query('LOCK TABLE openings IN SHARE ROW EXCLUSIVE MODE');
    const last = (await sealedDays(manager)).at(-1);
    if (last !== undefined && last.day >= day) return false;
    const [row] = await manager.query<{ upto: string | null }[]>(
      'SELECT max(no) AS upto FROM openings WHERE no > $1 AND EXISTS (SELECT FROM openings WHERE no > $1 AND at < $2)',
      [last?.upto ?? NONE, new Date(Math.floor(now / DAY_MS) * DAY_MS)],
    );
    const upto = row?.upto ?? null;
    if (upto === null) return false;
    const leaves: Uint8Array[] = [];
    let edge: RightEdge = last === undefined ? emptyEdge : decodeRightEdge(last.edge);
    for (let after = last?.upto ?? NONE; ;) {
      const rows = await openingsBetween(manager, { after, upto, limit: AT_ONCE });
      const hashes = rows.map(leafOf);
      edge = grow(edge, hashes, nodeSha256).edge;
      leaves.push(...hashes);
      if (rows.length < AT_ONCE) break;
      after = rows.at(-1)?.no ?? upto;
    }
    await manager.query('INSERT INTO opening_days (day, upto, leaves, edge) VALUES ($1, $2, $3, $4)', [
      day,
      upto,
      Buffer.concat(leaves),
      Buffer.from(encodeRightEdge(edge)),
    ]);
    return true;
  });
}

export class Sealing implements Duty {
  #looking: Repeated | undefined;
  /** Nothing is due before; milliseconds since the epoch. */
  #notBefore = 0;

  constructor(private readonly parts: { readonly dataSource: DataSource; readonly clock: Clock }) {}

  /** Returns at once. */
  start(): void {
    this.#notBefore = 0;
    this.#looking = new Repeated({
      doSome: () => this.#look(),
      failed: (error, attempt) => log.warn('openings.not-sealed', { attempt }, error),
      pollMs: POLL_MS,
    });
    this.#looking.start();
  }

  async stop(): Promise<void> {
    await this.#looking?.stop();
  }

  async #look(): Promise<boolean> {
    const { dataSource, clock } = this.parts;
    const now = clock.now();
    if (now < this.#notBefore) return false;
    await sealDay(dataSource, now);
    this.#notBefore = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
    return false;
  }
}
