// Thousands of lines in the dashboard's table. They are copies of a real one, put there by SQL, because registering as
// many parcels takes two cores the better part of a minute; everything from the table to the screen is as ever.

import type { DataSource } from 'typeorm';

/**
 * Adds so many copies of the chain `sub`, each with an id and a place of its own, and counts them. In one transaction,
 * as the dashboard itself writes.
 */
export async function copyRows(dashboard: DataSource, sub: string, count: number): Promise<void> {
  await dashboard.transaction(async (manager) => {
    const [stream] = await manager.query<[{ change: string }]>('SELECT change FROM stream FOR UPDATE');
    const own = `jsonb_build_object('sub', 'Z' || lpad(n::text, 16, '0'), 'change', $2::bigint + n, 'since', rows.since + n)`;
    await manager.query(
      `INSERT INTO rows SELECT copy.* FROM rows, generate_series(1, $3::int) n, jsonb_populate_record(rows, ${own}) copy
       WHERE rows.sub = $1`,
      [sub, stream.change, count],
    );
    await manager.query('UPDATE stream SET change = change + $1', [count]);
    await manager.query(
      'UPDATE counts SET chains = chains + $2 WHERE chain_group = (SELECT chain_group FROM rows WHERE sub = $1)',
      [sub, count],
    );
  });
}
