// Whether who has seen what is still what was sealed each day, and what the log's checkpoints committed to; what was said to
// be lost is named as that, each time.

import { emptyEdge, grow, rootOf, sameHash } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import type { CustodyLog } from '../logs.js';
import { headOf, leafOf, sealedDays } from '../openings/opening-days.js';
import type { DayRow } from '../openings/opening-days.js';
import { headsThatStand, lostHeads, names } from '../openings/lost-heads.js';
import { commitmentIn } from '../openings/opening-head.js';
import type { OpeningHead } from '../openings/opening-head.js';
import type { LostNotes, OpeningsLostNotes } from '../openings/openings-lost.js';
import { openingsBetween } from '../openings/opening-rows.js';
import type { OpeningRow } from '../openings/opening-rows.js';
import type { Fault, Faults } from './fault.js';
import type { SignedHead } from './signed-heads.js';

const HASH_BYTES = 32;
const AT_ONCE = 5_000;

export interface OpeningsAudited {
  readonly manager: EntityManager;
  readonly log: CustodyLog;
  /** What its checkpoints are that somebody holds, and those that logs before it ended with: each may commit to a day. */
  readonly heads: readonly SignedHead[];
  readonly lost: OpeningsLostNotes;
  readonly faults: Faults;
}

type Say = (code: Fault['code'], where: string, says: string, should: string) => void;

/** Names each line that was changed, added or taken away, and each seal that is not what was signed. */
export async function checkOpenings({ manager, log, heads, lost, faults }: OpeningsAudited): Promise<void> {
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
  nameLost(days.map(headOf), heads, await lost.all(), say);
}

/** What was signed and is not there: lost where that was said, else taken away. */
function nameLost(
  seals: readonly OpeningHead[],
  heads: readonly SignedHead[],
  { notes, false: wrong }: LostNotes,
  say: Say,
): void {
  const commitments = heads.map(({ checkpoint, where }) => ({ ...commitmentIn(checkpoint), where }));
  const lost = lostHeads(commitments, notes);
  for (const commitment of commitments)
    for (const head of headsThatStand([commitment], lost))
      if (!names(seals, head))
        say(
          'seal.changed',
          'opening_days',
          `no seal over ${told(head)}`,
          `the one that was signed (${commitment.where})`,
        );
  for (const head of lost) {
    const note = notes.find((one) => names([head], one.head));
    const says = note === undefined ? 'lost' : `${note.left.rows} were left at the recovery of ${note.at}`;
    say('openings.lost', 'openings', says, told(head));
  }
  for (const { head } of notes)
    if (!names(lost, head))
      say('seal.changed', 'openings-lost', `${told(head)} are lost`, 'what the checkpoints say that were signed since');
  for (const path of wrong) say('seal.changed', path, 'no such note', 'one that the log’s key has signed');
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
      else say('opening.changed', 'openings', lineTold(row), `none such among the ${hashes.length} sealed for ${day}`);
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

const lineTold = ({ no, at, about, what }: OpeningRow): string => `row ${no}: ${what} of ${about}, ${at.toISOString()}`;

const told = ({ day, size, root }: OpeningHead): string => `the ${size} openings until ${day}, root ${hex(root)}`;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').slice(0, 16);
