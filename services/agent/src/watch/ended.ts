// A log that its operator has ended, because entries of it were lost, and the one that goes on (docs/protocol, section 6):
// what the party is told of it, and when it is not believed.

import type { OpenedSuccession } from '@unbroken/evidence';
import { sameHash } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import type { Findings } from '../findings/findings.js';
import type { SeenCheckpoint } from './seen-record.js';

/** Nothing says that it is not of what the log ended with: that a smaller tree is, only the lost entries could show. */
export const isWithin = (known: Checkpoint, ended: Checkpoint): boolean =>
  known.size < ended.size || (known.size === ended.size && sameHash(known.root, ended.root));

/** The party should know, and may hold what was lost. */
export const raiseEnded = (findings: Findings, one: OpenedSuccession): Promise<void> =>
  findings.raise({
    code: 'log.ended',
    about: one.ended.origin,
    said: `The log ${one.ended.origin} lost ${one.ended.size - one.kept.count} of its ${one.ended.size} entries and has ended; ${one.origin} goes on.`,
    cure: 'Your copy stays as it is. Give the operator the folder `copy`: it may hold what was lost. Post tokens again that are missing from their chains.',
    evidence: { predecessor: one.predecessor, at: one.at, reason: one.reason },
  });

/** Two notes under the log's own key contradict each other. */
export const raiseEndedShort = (findings: Findings, known: SeenCheckpoint, one: OpenedSuccession): Promise<void> =>
  findings.raise({
    code: 'log.shrunk',
    about: one.ended.origin,
    said: `The log ${one.ended.origin} is said to have ended with ${one.ended.size} entries, and had signed ${known.checkpoint.size} others.`,
    cure: 'The log that is to go on is not followed. Show this file to the operator: what was shown and is not said to be lost is missing.',
    evidence: { first: known.note, second: one.predecessor },
  });
