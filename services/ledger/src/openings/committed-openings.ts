// What the checkpoints that were signed last say of who has seen what, and what the next one is to say.

import type { Checkpoint } from '@unbroken/tlog';
import type { DataSource } from 'typeorm';
import type { LogKeys } from '../sign/log-keys.js';
import { headsThatStand, lostHeads, nextLines } from './lost-heads.js';
import { headOf } from './opening-days.js';
import type { DayRow } from './opening-days.js';
import { commitmentIn, newest } from './opening-head.js';
import type { Commitment } from './opening-head.js';

/** A log that goes on where another ended goes on from what that one committed to. */
export const commitmentsOf = async (
  { successions }: LogKeys,
  checkpoints: readonly Checkpoint[],
): Promise<readonly Commitment[]> =>
  [...(await successions.all()).map(({ checkpoint }) => checkpoint), ...checkpoints].map(commitmentIn);

/** `before`: what was signed last. Empty until a day was sealed. */
export async function committedOpenings(
  dataSource: DataSource,
  keys: LogKeys,
  before: readonly Checkpoint[],
): Promise<readonly string[]> {
  const commitments = await commitmentsOf(keys, before);
  const { notes } = await keys.openingsLost.all();
  const signed = newest(headsThatStand(commitments, lostHeads(commitments, notes)));
  const rows = await dataSource.query<Pick<DayRow, 'day' | 'edge'>[]>(
    `SELECT day::text AS day, edge FROM opening_days
     WHERE day = $1 OR day = (SELECT max(day) FROM opening_days)`,
    [signed?.day ?? null],
  );
  return nextLines(commitments, notes, rows.map(headOf));
}
