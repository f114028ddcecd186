// What somebody types into the search box: an id or the beginning of one, a seal, a carrier's number, a party's name.

import type { PartyId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { compact } from './compact.js';
import type { Names } from './names.js';

/** Chains that are looked for: these, and all in which one of these parties has a part. */
export interface Sought {
  readonly subs: readonly string[];
  readonly parties: readonly PartyId[];
}

/** More than anybody reads; who gets so many types a longer beginning. */
const MOST = 500;

/** A party with no more chains than these is looked up; one with more is met often enough on the way down the table. */
const FEW = 5_000;

export async function soughtBy(database: DataSource, typed: string, names: Names): Promise<Sought> {
  const [subs, parties] = await Promise.all([subsLike(database, typed), partiesLike(database, typed, names)]);
  const theirs = await soughtOf(database, parties);
  return { subs: [...subs, ...theirs.subs], parties: theirs.parties };
}

/** The chains of these parties. */
export async function soughtOf(database: DataSource, parties: readonly PartyId[]): Promise<Sought> {
  if (parties.length === 0) return { subs: [], parties };
  const rows = await database.query<{ sub: string }[]>(
    `SELECT sub FROM parts WHERE party = ANY($1::text[]) LIMIT ${FEW + 1}`,
    [parties],
  );
  return rows.length > FEW ? { subs: [], parties } : { subs: rows.map(({ sub }) => sub), parties: [] };
}

/** Of ids and marks the beginning is enough. In ids O is read as 0, and I and L as 1, as everywhere. */
async function subsLike(database: DataSource, typed: string): Promise<readonly string[]> {
  const mark = compact(typed);
  if (mark === '') return [];
  const id = mark.replace(/O/g, '0').replace(/[IL]/g, '1');
  const rows = await database.query<{ sub: string }[]>(
    `(SELECT sub FROM rows WHERE sub >= $1 AND sub < $2 ORDER BY sub LIMIT ${MOST})
     UNION (SELECT sub FROM marks WHERE mark >= $3 AND mark < $4 ORDER BY mark LIMIT ${MOST})`,
    [id, beyond(id), mark, beyond(mark)],
  );
  return rows.map(({ sub }) => sub);
}

/** Above every text that begins so, byte by byte. */
const beyond = (beginning: string): string => `${beginning}\u{10FFFF}`;

/** Any word of the name may begin so; of the id any part between dashes. */
async function partiesLike(database: DataSource, typed: string, names: Names): Promise<readonly PartyId[]> {
  const rows = await database.query<{ party: PartyId }[]>('SELECT party FROM known_parties');
  const wanted = typed.toLocaleLowerCase();
  const begins = (text: string) => {
    const lower = text.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.includes(` ${wanted}`) || lower.includes(`-${wanted}`);
  };
  return rows.map(({ party }) => party).filter((party) => begins(party) || begins(names.nameOf(party)));
}
