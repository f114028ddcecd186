// Whether two notes show that a log has signed two histories. Nobody can raise this falsely: both signatures must be the
// log's own, and the proof must lead from the newer note to another beginning than the older one's.

import type { RecordSubject, SplitViewReport } from '@unbroken/contracts';
import { isRecordSubject } from '@unbroken/contracts';
import { Problem } from '@unbroken/platform';
import { TlogRefused, compareCheckpoints, openCheckpoint, parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint, VerifierKey } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';

const HASH = /^[A-Za-z0-9+/]{43}=$/;

/** The log that has shown two histories. @throws Problem 422 where the notes do not show it */
export async function checkSplitView(
  { first, second, proof }: SplitViewReport,
  keyOf: (origin: string) => VerifierKey | undefined,
): Promise<RecordSubject> {
  const a = await opened(first, '/first', keyOf);
  const b = await opened(second, '/second', keyOf);
  const hashes = proof.map(hashIn);
  if (compared(a, b, hashes) === 'split-view' && isRecordSubject(a.origin)) return a.origin;
  throw problem('split-view.consistent', 'the two checkpoints can be of one history', '/second');
}

async function opened(
  text: string,
  pointer: string,
  keyOf: (origin: string) => VerifierKey | undefined,
): Promise<Checkpoint> {
  try {
    const note = parseNote(text);
    const { origin } = parseCheckpoint(note.text);
    const key = keyOf(origin);
    if (key === undefined) throw problem('split-view.origin', 'it is of no log of this hub', pointer);
    return await openCheckpoint(note, origin, [key]);
  } catch (error) {
    if (error instanceof TlogRefused) throw problem('split-view.note', error.message, pointer);
    throw error;
  }
}

function hashIn(text: string, at: number): Uint8Array {
  if (HASH.test(text)) return Uint8Array.from(Buffer.from(text, 'base64'));
  throw problem('split-view.proof', 'it is not 32 bytes of base64', `/proof/${at}`);
}

function compared(a: Checkpoint, b: Checkpoint, proof: readonly Uint8Array[]): 'consistent' | 'split-view' {
  try {
    return compareCheckpoints(a, b, proof, nodeSha256);
  } catch (error) {
    if (error instanceof TlogRefused) throw problem('split-view.proof', error.message, '/proof');
    throw error;
  }
}

const problem = (code: string, detail: string, pointer: string): Problem =>
  new Problem({
    status: 422,
    code,
    title: 'This shows no split view',
    detail,
    pointer,
    cure: 'Send two checkpoints that one log of this hub has signed, of one size with different roots, or with the proof that the newer one does not begin with the older',
  });
