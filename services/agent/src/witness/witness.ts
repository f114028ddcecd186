// The witness (https://c2sp.org/tlog-witness): it cosigns a log's checkpoint when that extends all it has cosigned of this
// log before, and only for logs that the party trusts. The rules are those of @unbroken/tlog; here they meet the disk.

import {
  TlogRefused,
  admitSubmission,
  compareCheckpoints,
  cosign,
  formatLastSize,
  formatNote,
  formatSignatureLine,
  judgeSubmission,
  sameHash,
  tlogSizeType,
} from '@unbroken/tlog';
import type { NoteSigner, Submission } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import { agentLog } from '../agent-log.js';
import type { Findings } from '../findings/findings.js';
import type { PinnedTrust } from '../trust/pinned-trust.js';
import { raiseSplit } from '../watch/compare.js';
import type { SeenRecord } from '../watch/seen-record.js';
import type { Cosigned, CosignedRecord } from './cosigned-record.js';

export interface WitnessParts {
  readonly signer: NoteSigner;
  readonly trust: PinnedTrust;
  readonly cosigned: CosignedRecord;
  readonly seen: SeenRecord;
  readonly findings: Findings;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What goes back to the log: status, body and its type. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';

export class Witness {
  /** One at a time: what is judged is what is on the disk. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: WitnessParts) {}

  /** The answer to a request, byte by byte as the specification has it. What is refused says why in its body. */
  async addCheckpoint(body: Uint8Array): Promise<WitnessAnswer> {
    const admitted = await admitSubmission(body, (origin) => this.parts.trust.keysOf(origin));
    if (admitted.decision === 'refuse') return refusal(admitted.status, admitted.reason);
    const turn = this.#turn.catch(() => undefined).then(() => this.#judged(admitted.submission));
    this.#turn = turn;
    return turn;
  }

  async #judged(submission: Submission): Promise<WitnessAnswer> {
    const { cosigned, findings, trust } = this.parts;
    const { origin, size } = submission.checkpoint;
    const end = trust.endOf(origin);
    if (end !== undefined && size > end.ended.size)
      return refusal(422, `this log has ended with ${end.ended.size} entries; ${end.origin} goes on`);
    if (await findings.isCondemned(origin)) {
      return refusal(422, 'this log has signed two histories; its checkpoints are not cosigned until that is settled');
    }
    const last = await cosigned.last(origin);
    const judged = judgeSubmission(submission, last?.checkpoint ?? null, nodeSha256);
    if (judged.decision === 'conflict') {
      if (judged.isSplitView && last) await this.#splitFrom(last, submission);
      return conflict(judged.size);
    }
    if (judged.decision === 'refuse') {
      if (judged.code === 'proof.old-root' && last) await this.#splitFrom(last, submission);
      return refusal(judged.status, judged.reason);
    }
    if (await this.#contradictsSeen(submission)) return refusal(422, 'another root of this size was seen');
    return this.#cosign(submission, last?.checkpoint.size ?? 0);
  }

  async #cosign({ note, checkpoint }: Submission, lastSize: number): Promise<WitnessAnswer> {
    const { cosigned, signer, now } = this.parts;
    const { origin, size } = checkpoint;
    if (size !== lastSize) {
      // Before anybody sees a cosignature: a crash after this has promised something that nobody holds yet.
      const kept = await cosigned.follow(origin, lastSize, { checkpoint, note: formatNote(note) });
      if (!sameHash(kept.checkpoint.root, checkpoint.root)) return conflict(kept.checkpoint.size);
    }
    const signature = await cosign(note.text, signer, Math.floor(now() / 1000));
    agentLog.debug('checkpoint.cosigned', { origin, size });
    return { status: 200, type: TEXT, body: formatSignatureLine(signature) };
  }

  /** Kept only where it shows a split view to anybody; a proof that does not is no evidence, and the watch makes its own. */
  async #splitFrom(last: Cosigned, { proof, note, checkpoint }: Submission): Promise<void> {
    if (!showsSplit(last, { proof, checkpoint })) return;
    const hashes = proof.map((hash) => Buffer.from(hash).toString('base64'));
    const split = { first: last.note, second: formatNote(note), proof: hashes };
    await raiseSplit(this.parts.findings, checkpoint.origin, split);
  }

  async #contradictsSeen({ checkpoint, note }: Submission): Promise<boolean> {
    const { seen, trust, findings } = this.parts;
    const { origin, size, root } = checkpoint;
    const known = await seen.last(origin, trust.keysOf(origin));
    if (known === undefined || known.checkpoint.size !== size || sameHash(known.checkpoint.root, root)) return false;
    await raiseSplit(findings, origin, { first: known.note, second: formatNote(note), proof: [] });
    return true;
  }
}

function showsSplit(last: Cosigned, { proof, checkpoint }: Pick<Submission, 'proof' | 'checkpoint'>): boolean {
  try {
    return compareCheckpoints(last.checkpoint, checkpoint, proof, nodeSha256) === 'split-view';
  } catch (error) {
    if (error instanceof TlogRefused) return false;
    throw error;
  }
}

const refusal = (status: 400 | 403 | 404 | 422, reason: string): WitnessAnswer => ({
  status,
  type: TEXT,
  body: `${reason}\n`,
});

const conflict = (size: number): WitnessAnswer => ({ status: 409, type: tlogSizeType, body: formatLastSize(size) });
