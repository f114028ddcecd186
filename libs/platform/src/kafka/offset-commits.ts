// Commits what was handled a few times a second and not after each batch: to the broker a commit is a write like any
// other, and small batches made more of them than anything else. What was handled since the last commit comes again after
// a crash, and handlers are idempotent.

import type { EachBatchPayload } from 'kafkajs';
import { log } from '../log/event-log.js';

const COMMIT_EVERY_MS = 250;

type Committing = Pick<EachBatchPayload, 'commitOffsetsIfNecessary' | 'uncommittedOffsets' | 'isRunning'>;

export class OffsetCommits {
  #latest: Committing | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly group: string) {}

  /** After an offset was resolved; `payload` is of the consumer's latest batch. Returns at once. */
  soon(payload: Committing): void {
    this.#latest = payload;
    this.#timer ??= setTimeout(() => void this.now(), COMMIT_EVERY_MS);
  }

  /** Commits all that is resolved. Never rejects: what the broker does not take now goes with the next commit, if it is still ours. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const payload = this.#latest;
    if (payload === undefined) return;
    try {
      await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
    } catch (error) {
      log.debug('offsets.uncommitted', { group: this.group }, error);
      if (payload === this.#latest && payload.isRunning()) this.soon(payload);
    }
  }
}
