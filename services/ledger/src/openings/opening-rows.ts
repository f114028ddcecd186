// Who has seen what, in the database: rows are added, and each is hashed as one line.

import { OPENING_SLOT_MS } from '@unbroken/contracts';
import type { Opening, OpeningsAnswer } from '@unbroken/contracts';
import { readerName } from '@unbroken/intake';
import type { KeyId, PartyId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';

export interface OpeningRow {
  /** A bigint, which the driver gives as text. */
  readonly no: string;
  readonly at: Date;
  readonly about: string;
  readonly what: string;
  readonly owner: PartyId | null;
  readonly party: PartyId | null;
  readonly kid: KeyId | null;
  readonly person: string | null;
  readonly source: string | null;
}

const COLUMNS = 'no, at, about, what, owner, party, kid, person, source';
const PAGE = 200;

/**
 * One statement: a crash before its commit keeps nothing, and what was opened here is not shown; what was opened in another
 * service comes again. After it they are known by who, what and when.
 */
export async function keepOpenings(dataSource: DataSource, openings: readonly Opening[]): Promise<void> {
  const columnOf = (of: (opening: Opening) => unknown): unknown[] => openings.map(of);
  await dataSource.query(
    `INSERT INTO openings (at, about, what, owner, party, kid, person, source, reader, slot)
     SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::bigint[])
     ON CONFLICT DO NOTHING`,
    [
      columnOf(({ at }) => at),
      columnOf(({ about }) => about),
      columnOf(({ what }) => what),
      columnOf(({ owner }) => owner),
      columnOf(({ party }) => party),
      columnOf(({ kid }) => kid),
      columnOf(({ person }) => person),
      columnOf(({ source }) => source),
      columnOf(readerName),
      columnOf(({ at }) => Math.floor(Date.parse(at) / OPENING_SLOT_MS)),
    ],
  );
}

/** Those after `after` up to and with `upto` (of `no`; 0: from the first), in their order. */
export const openingsBetween = (
  manager: EntityManager,
  { after, upto, limit }: { readonly after: string; readonly upto: string; readonly limit: number },
): Promise<OpeningRow[]> =>
  manager.query<OpeningRow[]>(`SELECT ${COLUMNS} FROM openings WHERE no > $1 AND no <= $2 ORDER BY no LIMIT $3`, [
    after,
    upto,
    limit,
  ]);

/** One as it is hashed: a JSON array of its members, as docs/protocol, section 11, names them. */
export const lineOf = ({ at, about, what, owner, party, kid, person, source }: Omit<OpeningRow, 'no'>): string =>
  JSON.stringify([at.toISOString(), about, what, owner, party, kid, person, source]);

/** Of any of these, the newest first; `before`: the cursor of the page before. */
export async function openingsOf(
  manager: EntityManager,
  abouts: readonly string[],
  before: string | undefined,
): Promise<Omit<OpeningsAnswer, 'about' | 'gaps'>> {
  const rows = await manager.query<(OpeningRow & { readonly sealed: string | null })[]>(
    `SELECT ${COLUMNS}, (SELECT min(day)::text FROM opening_days WHERE upto >= no) AS sealed
     FROM openings WHERE about = ANY($1::text[]) AND no < $2 ORDER BY no DESC LIMIT ${PAGE}`,
    [abouts, before ?? '9223372036854775807'],
  );
  return {
    openings: rows.map(({ no: _, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      until: new Date((Math.floor(at.getTime() / OPENING_SLOT_MS) + 1) * OPENING_SLOT_MS).toISOString(),
    })),
    cursor: rows.length < PAGE ? null : (rows.at(-1)?.no ?? null),
  };
}
