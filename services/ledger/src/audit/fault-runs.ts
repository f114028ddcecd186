// Faults of one kind at places that follow each other, as one: a table that was lost is one thing that happened, and not
// as many as it had rows.

import type { Fault } from './fault.js';

export interface FaultRun {
  readonly first: Fault;
  /** The same as the first where there is but one. */
  readonly last: Fault;
  readonly count: number;
}

/** In the order in which their kinds were found, each kind by its indices. */
export function faultRuns(faults: readonly Fault[]): readonly FaultRun[] {
  const kinds = new Map<string, Fault[]>();
  for (const fault of faults) {
    const kind = JSON.stringify([fault.code, fault.log, placeless(fault.where)]);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [fault]);
    else known.push(fault);
  }
  return [...kinds.values()].flatMap((same) => {
    const runs: FaultRun[] = [];
    for (const fault of same.sort((one, other) => (one.index ?? -1) - (other.index ?? -1))) {
      const run = runs.at(-1);
      if (run !== undefined && follows(run.last, fault))
        runs[runs.length - 1] = { ...run, last: fault, count: run.count + 1 };
      else runs.push({ first: fault, last: fault, count: 1 });
    }
    return runs;
  });
}

const follows = (before: Fault, { index }: Fault): boolean =>
  before.index !== null && index !== null && index === before.index + 1;

/** A table, topic or file without the tile, offset or line in it. */
const placeless = (where: string): string => where.replace(/[ :][\d:/]+$/, '');
