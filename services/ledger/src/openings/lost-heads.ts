// Which of the seals that checkpoints committed to are said to be lost, and what that excuses. Pure: the audit, `unbroken
// recover`, the next checkpoint and whoever asks who has seen something go by the same.

import { isSameTree, newest, nextHead, openingsLine, openingsLostLine } from './opening-head.js';
import type { Commitment, OpeningHead } from './opening-head.js';
import type { OpeningsLost } from './openings-lost.js';

/**
 * What checkpoints carry, and what a note says of a seal that one of them committed to: as long as no checkpoint was signed
 * after the note that is silent about it.
 */
export function lostHeads(commitments: readonly Commitment[], notes: readonly OpeningsLost[]): readonly OpeningHead[] {
  const carried = commitments.flatMap(({ lost }) => lost);
  const said = notes.filter(
    (note) =>
      commitments.some(({ head }) => head !== undefined && isSameTree(head, note.head)) &&
      commitments
        .filter(({ origin, size }) => origin === note.origin && size > note.signed)
        .every(({ lost }) => names(lost, note.head)),
  );
  return [...carried, ...said.map(({ head }) => head)].reduce<readonly OpeningHead[]>(
    (heads, head) => (names(heads, head) ? heads : [...heads, head]),
    [],
  );
}

/** The seals that have to be there: without those that were committed to before a loss that was said. */
export const headsThatStand = (
  commitments: readonly Commitment[],
  lost: readonly OpeningHead[],
): readonly OpeningHead[] =>
  commitments.flatMap(({ head, lost: known }) => {
    if (head === undefined) return [];
    // A checkpoint that carries the loss came after it: what it commits to beside that is of the new tree.
    const isLost = lost.some((one) => !names(known, one) && head.day <= one.day && head.size <= one.size);
    return isLost ? [] : [head];
  });

/** The lines of the next checkpoint; `seals`: that of the newest head that has to stand, and the newest. */
export function nextLines(
  commitments: readonly Commitment[],
  notes: readonly OpeningsLost[],
  seals: readonly OpeningHead[],
): readonly string[] {
  const lost = lostHeads(commitments, notes);
  const next = nextHead(newest(headsThatStand(commitments, lost)), seals);
  return [...(next === undefined ? [] : [openingsLine(next)]), ...lost.map(openingsLostLine)];
}

export const names = (heads: readonly OpeningHead[], head: OpeningHead): boolean =>
  heads.some((one) => isSameTree(one, head));
