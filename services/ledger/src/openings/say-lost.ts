// What `unbroken recover` says where a seal that was signed is not there any more: a note, before anything is written.

import type { Checkpoint } from '@unbroken/tlog';
import type { EntityManager } from 'typeorm';
import type { CustodyLog } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import type { LogKeys } from '../sign/log-keys.js';
import { commitmentsOf } from './committed-openings.js';
import { headsThatStand, lostHeads } from './lost-heads.js';
import { headOf, sealedDays } from './opening-days.js';
import { isSameTree, newest } from './opening-head.js';

interface Parts {
  readonly manager: EntityManager;
  readonly keys: LogKeys;
  /** The one that is written from now on. */
  readonly log: CustodyLog;
  /** What it has signed last, in the database and outside it. */
  readonly checkpoints: readonly Checkpoint[];
  readonly now: number;
}

/**
 * What is worth knowing afterwards; undefined where the seal stands, or none was ever signed. A crash after the note: the
 * next run finds it, and says the same.
 */
export async function sayLost({ manager, keys, log, checkpoints, now }: Parts): Promise<string | undefined> {
  const commitments = await commitmentsOf(keys, checkpoints);
  const head = newest(headsThatStand(commitments, lostHeads(commitments, [])));
  if (head === undefined) return undefined;
  const seals = (await sealedDays(manager)).map(headOf);
  if (seals.some((seal) => isSameTree(seal, head))) return undefined;
  const last = seals.at(-1)?.day ?? null;
  const what = `who has opened what: ${head.size} openings until ${head.day} were signed`;
  // A seal of that day or a later one that is another was put there: that is no loss, and nothing excuses it.
  if (last !== null && last >= head.day)
    return `Changed is ${what}, and the table opening_days says something else. \`unbroken audit\` names it (seal.changed).`;
  const [{ count } = { count: '0' }] = await manager.query<{ count: string }[]>('SELECT count(*) FROM openings');
  const key = await keys.of(log);
  const signed = checkpoints.filter(({ origin }) => origin === key.key.name).map(({ size }) => size);
  const left = { rows: Number(count), day: last };
  const said = { origin: key.key.name, head, left, signed: Math.max(0, ...signed), at: rfc3339(now) };
  await keys.openingsLost.keep(said, key);
  return (
    `Lost is ${what}, and ${count} rows are left. That is said in ${keys.openingsLost.folder} and from the next checkpoint ` +
    'on, for ever: back that folder up. `unbroken audit` names it each time (openings.lost): resolve its alert with that reason.'
  );
}
