// Pages of chains by who has to do with them, newest first.

import type { ChainState, Status } from '@unbroken/custody';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

/** Every condition that is there must hold. */
export interface ChainQuery {
  readonly sender?: PartyId;
  readonly holder?: PartyId;
  readonly responsible?: PartyId;
  readonly consignee?: PartyId;
  readonly offeredTo?: PartyId;
  /** Named by the chain, or took part in it. */
  readonly party?: PartyId;
  readonly status?: readonly Status[];
  /** Where the page before ended; anything else than a cursor from here begins at the newest. */
  readonly cursor?: string;
  /** 50 if left out. */
  readonly limit?: number;
}

export interface ChainPage {
  readonly chains: readonly ChainState[];
  /** For the next page; null on the last. */
  readonly cursor: string | null;
}

/** A chain, and a mark that is another one whenever something was recorded in it. */
export interface ChainVersion {
  readonly sub: ShipmentId;
  readonly version: number;
}

/** One page of the chains that name this party or that it took part in, the newest first; nothing is folded for it. */
export async function findVersions(
  manager: EntityManager,
  { party, cursor, limit }: { readonly party: PartyId; readonly cursor?: string; readonly limit: number },
): Promise<{ readonly chains: readonly ChainVersion[]; readonly cursor: string | null }> {
  const { subs, cursor: next } = await findChains(manager, {
    party,
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const rows: ChainVersion[] = await manager.query(
    'SELECT sub, max(part)::int AS version FROM chain_history WHERE sub = ANY($1::text[]) GROUP BY sub',
    [subs],
  );
  const versions = new Map(rows.map(({ sub, version }) => [sub, version]));
  return { chains: subs.map((sub) => ({ sub, version: versions.get(sub) ?? 0 })), cursor: next };
}

const PAGE = 50;
const CURSOR = /^\d{1,18}$/;

export async function findChains(
  manager: EntityManager,
  query: ChainQuery,
): Promise<{ readonly subs: readonly ShipmentId[]; readonly cursor: string | null }> {
  const values: unknown[] = [];
  const where = conditions(query).map(([condition, value]) => condition.replace('?', `$${values.push(value)}`));
  const limit = query.limit ?? PAGE;
  const rows: { no: string; sub: ShipmentId }[] = await manager.query(
    `SELECT ${numberedBy(query)}.no, sub FROM chains JOIN chain_hands AS hands USING (sub)
     WHERE ${['true', ...where].join(' AND ')}
     ORDER BY ${numberedBy(query)}.no DESC LIMIT $${values.push(limit + 1)}`,
    values,
  );
  const page = rows.slice(0, limit);
  return { subs: page.map(({ sub }) => sub), cursor: rows.length > limit ? (page.at(-1)?.no ?? null) : null };
}

/** A chain has the same number in both tables; asked for in the one that is searched, its index gives them in order. */
const numberedBy = ({ holder, responsible, offeredTo }: ChainQuery): 'hands' | 'chains' =>
  holder === undefined && responsible === undefined && offeredTo === undefined ? 'chains' : 'hands';

function conditions(query: ChainQuery): [string, unknown][] {
  const { sender, holder, responsible, consignee, offeredTo, party, status, cursor } = query;
  const all: [string, unknown][] = [
    ['sender = ?', sender],
    ['holder = ?', holder],
    ['responsible = ?', responsible],
    ['consignee = ?', consignee],
    ['offered_to = ?', offeredTo],
    ['parties @> ARRAY[?::text]', party],
    ['status = ANY(?::text[])', status],
    [`${numberedBy(query)}.no < ?::bigint`, cursor !== undefined && CURSOR.test(cursor) ? cursor : undefined],
  ];
  return all.filter(([, value]) => value !== undefined);
}
