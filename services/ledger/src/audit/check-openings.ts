// Whether who has seen what is still what was sealed each day, and what the log's checkpoints committed to.

import { emptyEdge, grow, rootOf, sameHash } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import type { CustodyLog } from '../logs.js';
import { headOf, leafOf, sealedDays } from '../openings/opening-days.js';
import type { DayRow } from '../openings/opening-days.js';
import { openingHeadIn } from '../openings/opening-head.js';
import { openingsBetween } from '../openings/opening-rows.js';
import type { OpeningRow } from '../openings/opening-rows.js';
import type { Fault, Faults } from './fault.js';
import type { SignedHead } from './signed-heads.js';

const HASH_BYTES = 32;
const AT_ONCE = 5_000;

export interface OpeningsAudited {
  readonly manager: EntityManager;
  readonly log: CustodyLog;
  /** What its checkpoints are that somebody holds: each may commit to a day. */
  readonly heads: readonly SignedHead[];
  readonly faults: Faults;
}

type Say = (code: Fault['code'], where: string, says: string, should: string) => void;

/** Names each line that was changed, added or taken away, and each seal that is not what was signed. */
export async function checkOpenings({ manager, log, heads, faults }: OpeningsAudited): Promise<void> {
  const say: Say = (code, where, says, should) =>
    faults.add({ code, where, log, index: null, tid: null, says, should });
  const days = await sealedDays(manager);
  let after = '0';
  let edge: RightEdge = emptyEdge;
  for (const day of days) {
    const hashes = leavesOf(day);
    await checkDay(manager, day, after, hashes, say);
    edge = grow(edge, hashes, nodeSha256).edge;
    const { size, root } = headOf(day);
    if (edge.size !== size || !sameHash(rootOf(edge, nodeSha256), root))
      say('seal.changed', 'opening_days', `${day.day}: hashes of another tree`, `the tree of ${size} that was sealed`);
    after = day.upto;
  }
  const seals = days.map(headOf);
  for (const { checkpoint, where } of heads) {
    const signed = openingHeadIn(checkpoint.extensions);
    if (signed === undefined) continue;
    const stands = seals.some(({ size, root }) => size === signed.size && sameHash(root, signed.root));
    if (!stands)
      say(
        'seal.changed',
        'opening_days',
        `no seal over the ${signed.size} openings until ${signed.day}`,
        `the one with the root ${hex(signed.root)}, which was signed (${where})`,
      );
  }
}

async function checkDay(
  manager: EntityManager,
  { day, upto }: DayRow,
  from: string,
  hashes: readonly Buffer[],
  say: Say,
): Promise<void> {
  const sealed = new Map<string, number>();
  for (const hash of hashes) sealed.set(hash.toString('hex'), (sealed.get(hash.toString('hex')) ?? 0) + 1);
  for (let after = from; ;) {
    const rows = await openingsBetween(manager, { after, upto, limit: AT_ONCE });
    for (const row of rows) {
      const hash = Buffer.from(leafOf(row)).toString('hex');
      const left = sealed.get(hash) ?? 0;
      if (left > 0) sealed.set(hash, left - 1);
      else say('opening.changed', 'openings', told(row), `none such among the ${hashes.length} sealed for ${day}`);
    }
    if (rows.length < AT_ONCE) break;
    after = rows.at(-1)?.no ?? upto;
  }
  const missing = [...sealed.values()].reduce((sum, left) => sum + left, 0);
  if (missing > 0)
    say(
      'opening.missing',
      'openings',
      `${hashes.length - missing} of those of ${day}`,
      `the ${hashes.length} that were sealed`,
    );
}

const leavesOf = ({ leaves }: DayRow): readonly Buffer[] =>
  Array.from({ length: Math.floor(leaves.length / HASH_BYTES) }, (_, at) =>
    leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );

const told = ({ no, at, about, what }: OpeningRow): string => `row ${no}: ${what} of ${about}, ${at.toISOString()}`;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').slice(0, 16);
