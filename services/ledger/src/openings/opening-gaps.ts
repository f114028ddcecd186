// From when until when it is not known who has opened what, because the record of it was lost with a database: for whoever
// asks who has seen something, to whom an empty answer would say that nobody has.

import type { OpeningsAnswer } from '@unbroken/contracts';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { EntityManager } from 'typeorm';
import { rfc3339 } from '../rfc3339.js';
import type { LogKeys } from '../sign/log-keys.js';
import { commitmentsOf } from './committed-openings.js';
import { headsThatStand, lostHeads, names } from './lost-heads.js';
import { headOf } from './opening-days.js';
import type { DayRow } from './opening-days.js';
import { newest } from './opening-head.js';

type Gap = OpeningsAnswer['gaps'][number];

const DAY_MS = 24 * 3_600_000;

/** Those that were said, in their order, and last one that nobody has said yet. */
export async function openingGaps(manager: EntityManager, keys: LogKeys): Promise<Gap[]> {
  const kept = await keys.outside((await keys.successions.logs()).custody).last();
  const checkpoints = kept === undefined ? [] : [parseCheckpoint(parseNote(kept.note).text)];
  const commitments = await commitmentsOf(keys, checkpoints);
  const { notes } = await keys.openingsLost.all();
  const lost = lostHeads(commitments, notes);
  const gaps = lost.map((head): Gap => {
    const note = notes.find((one) => names([head], one.head));
    if (note === undefined) return { from: null, to: endOf(head.day), said: null };
    return { from: note.left.day && endOf(note.left.day), to: note.at, said: note.at };
  });
  const head = newest(headsThatStand(commitments, lost));
  if (head === undefined) return gaps;
  const before = await manager.query<Pick<DayRow, 'day' | 'edge'>[]>(
    'SELECT day::text AS day, edge FROM opening_days WHERE day <= $1 ORDER BY day DESC LIMIT 2',
    [head.day],
  );
  if (names(before.map(headOf), head)) return gaps;
  const last = before.find(({ day }) => day < head.day)?.day;
  return [...gaps, { from: last === undefined ? null : endOf(last), to: endOf(head.day), said: null }];
}

const endOf = (day: string): string => rfc3339(Date.parse(day) + DAY_MS);
