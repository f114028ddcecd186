// What the next checkpoint says of who has seen what.

import type { DataSource } from 'typeorm';
import { headOf } from './opening-days.js';
import type { DayRow } from './opening-days.js';
import { nextHead, openingHeadIn, openingsLine } from './opening-head.js';

/** `before`: the extension lines of what was signed last. Empty until a day was sealed. */
export async function committedOpenings(dataSource: DataSource, before: readonly string[]): Promise<readonly string[]> {
  const signed = openingHeadIn(before);
  const rows = await dataSource.query<Pick<DayRow, 'day' | 'edge'>[]>(
    `SELECT day::text AS day, edge FROM opening_days
     WHERE day = $1 OR day = (SELECT max(day) FROM opening_days)`,
    [signed?.day ?? null],
  );
  const next = nextHead(signed, rows.map(headOf));
  return next === undefined ? [] : [openingsLine(next)];
}
