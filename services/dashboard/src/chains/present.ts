// How far the picture is: the newest change, and how many chains are in each group.

import { chainGroups } from '@unbroken/contracts';
import type { ChainGroup, GroupCounts } from '@unbroken/contracts';
import type { DataSource } from 'typeorm';

export interface Present {
  readonly change: number;
  readonly counts: GroupCounts;
}

interface CountRow {
  readonly change: string;
  readonly chain_group: ChainGroup;
  readonly chains: string;
}

/** Both as of one moment. */
export async function presentOf(database: Pick<DataSource, 'query'>): Promise<Present> {
  const rows = await database.query<CountRow[]>('SELECT change, chain_group, chains FROM stream, counts');
  const counts = new Map(rows.map(({ chain_group, chains }) => [chain_group, Number(chains)]));
  return {
    change: Number(rows[0]?.change ?? 0),
    counts: Object.fromEntries(chainGroups.map((group) => [group, counts.get(group) ?? 0])) as GroupCounts,
  };
}
