// Chains by a carrier's number (docs/protocol, section 8). Numbers are not for ever: the UPU lets S10 numbers be used
// again after twelve months, so one number may have been several parcels, one after the other.

import type { ChainRow } from '@unbroken/contracts';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { compact } from './compact.js';
import { ROW_COLUMNS } from './shown-row.js';
import type { RowRecord } from './shown-row.js';

/** The query of GET /dashboard/v1/find. */
export const findQuery = z.strictObject({
  /** Whose number, as registrations name it: s10, sscc, ginc, … */
  scheme: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'is not a scheme such as s10'),
  number: z.string().trim().min(1).max(60),
  /** A day on which the number was on the parcel that is looked for; left out: any. */
  on: z.iso.date('is not a date such as 2026-03-02').optional(),
});
export type FindQuery = z.infer<typeof findQuery>;

/** GET /dashboard/v1/find: the newest registration first. */
export interface FoundByMark {
  readonly chains: readonly ChainRow[];
}

const MOST = 100;

/** Those that bore the number; with `on` those registered in the twelve months up to the end of that day, UTC. */
export function rowsMarked(database: DataSource, { scheme, number, on }: FindQuery): Promise<readonly RowRecord[]> {
  return database.query<RowRecord[]>(
    `SELECT ${ROW_COLUMNS} FROM marks JOIN rows USING (sub)
     WHERE marks.mark = $1 AND marks.scheme = $2
       AND ($3::date IS NULL OR marks.given_at >= ($3::date - interval '12 months') AT TIME ZONE 'UTC'
                            AND marks.given_at < ($3::date + interval '1 day') AT TIME ZONE 'UTC')
     ORDER BY marks.given_at DESC, rows.sub LIMIT ${MOST}`,
    [compact(number), scheme, on ?? null],
  );
}
