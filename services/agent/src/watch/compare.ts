// Whether two checkpoints of a log are of one history, shown by the hub's own tiles. A split view is kept as evidence: both
// notes, and a proof that leads from the newer one to another beginning than the older one's. Anybody can check it.

import { beginningProof, compareCheckpoints } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { Findings } from '../findings/findings.js';
import type { HubLog } from './hub-log.js';
import type { SeenCheckpoint } from './seen-record.js';

export interface SplitView {
  readonly first: string;
  readonly second: string;
  /** Base64 of 32 bytes each; empty where the sizes are equal. */
  readonly proof: readonly string[];
}

/**
 * Undefined where the newer extends the older.
 * @throws TlogRefused proof.root where the tiles do not lead to the newer one; HubUnreachable
 */
export async function splitBetween(a: SeenCheckpoint, b: SeenCheckpoint, log: HubLog): Promise<SplitView | undefined> {
  const [older, newer] = a.checkpoint.size <= b.checkpoint.size ? [a, b] : [b, a];
  const sizes = [older.checkpoint.size, newer.checkpoint.size] as const;
  const proof = sizes[0] === sizes[1] ? [] : await beginningProof(...sizes, log.nodesAt(sizes[1]), nodeSha256);
  if (compareCheckpoints(older.checkpoint, newer.checkpoint, proof, nodeSha256) === 'consistent') return undefined;
  return { first: older.note, second: newer.note, proof: proof.map((hash) => Buffer.from(hash).toString('base64')) };
}

/** Keeps a split view as a finding. From here on nothing is cosigned for this log. */
export const raiseSplit = (findings: Findings, origin: string, split: SplitView): Promise<void> =>
  findings.raise({
    code: 'log.split-view',
    about: origin,
    said: `The log ${origin} has signed two histories that contradict each other.`,
    cure: 'Trust no new receipt of it. Show this file to the other parties and to the operator: the two notes prove it to anybody. Move the file away when it is settled which history is true.',
    evidence: { ...split },
  });

/** Keeps it as a finding that a log shows less than it has signed. */
export const raiseShrunk = (findings: Findings, last: SeenCheckpoint, shown: SeenCheckpoint): Promise<void> =>
  findings.raise({
    code: 'log.shrunk',
    about: last.checkpoint.origin,
    said: `The log ${last.checkpoint.origin} has signed ${last.checkpoint.size} entries and now shows fewer.`,
    cure: 'Tell the operator to put the newer database back. Your own copy holds what you took part in.',
    evidence: { first: last.note, second: shown.note },
  });
