// What a checkpoint weighs under a policy: whether its log signed it, and which witnesses have seen it
// (https://c2sp.org/tlog-proof, "Verifying a tlog proof", steps 2 and 3).
import { parseCheckpoint, type Checkpoint } from '../notes/checkpoint.js';
import { openNote } from '../notes/open-note.js';
import type { SignedNote } from '../notes/signed-note.js';
import { TlogRefused } from '../refused.js';
import type { TrustPolicy, Witness } from './trust-policy.js';

/** A witness that cosigned, and when it says it did, in seconds since 1970. */
export type Cosigned = Witness & { readonly time: number };

/** A checkpoint that its log signed. `cosigned` holds each witness once, in the policy's order. */
export type WeighedCheckpoint = {
  readonly checkpoint: Checkpoint;
  readonly cosigned: readonly Cosigned[];
  readonly isQuorumMet: boolean;
};

/**
 * Verifies every signature of a checkpoint that is by a key of the policy: the log's and its witnesses'.
 * @throws TlogRefused as parseCheckpoint; trust.origin; trust.log (not signed by this log's key); note.signature (one
 * that names a known key does not hold). A quorum that is not met is the caller's to judge.
 */
export async function weighCheckpoint(note: SignedNote, policy: TrustPolicy): Promise<WeighedCheckpoint> {
  const checkpoint = parseCheckpoint(note.text);
  const logKeys = policy.logs.filter(({ origin }) => origin === checkpoint.origin).map(({ key }) => key);
  if (logKeys.length === 0) throw new TlogRefused('trust.origin', 'no key is trusted for the origin of the checkpoint');
  const verified = await openNote(note, [...logKeys, ...policy.witnesses.map(({ key }) => key)]).catch(asUnsigned);
  if (!verified.some(({ key }) => logKeys.includes(key))) throw notByItsLog();

  const cosigned = policy.witnesses.flatMap((witness) => {
    const times = verified.flatMap(({ key, time }) => (key === witness.key && time !== null ? [time] : []));
    return times.length > 0 ? [{ ...witness, time: Math.max(...times) }] : [];
  });
  return { checkpoint, cosigned, isQuorumMet: cosigned.length >= policy.quorum };
}

function asUnsigned(refused: unknown): never {
  throw refused instanceof TlogRefused && refused.code === 'note.unsigned' ? notByItsLog() : refused;
}

const notByItsLog = (): TlogRefused => new TlogRefused('trust.log', 'the checkpoint is not signed by its log');
