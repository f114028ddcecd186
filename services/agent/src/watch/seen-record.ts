// The newest checkpoint of each log that this agent has seen and checked, so that after a restart it still knows what it was
// shown before.

import { join } from 'node:path';
import { readIfThere, writeDurably } from '@unbroken/platform/process';
import { openCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint, VerifierKey } from '@unbroken/tlog';
import { fileNameOf } from '../home.js';

export interface SeenCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: string;
}

export class SeenRecord {
  constructor(private readonly folder: string) {}

  /** @throws TlogRefused when the file holds something else than the log signed */
  async last(origin: string, keys: readonly VerifierKey[]): Promise<SeenCheckpoint | undefined> {
    const note = await readIfThere(this.#pathOf(origin));
    return note === undefined ? undefined : openSeen(note, origin, keys);
  }

  /** A crash before this leaves the older one, which is compared again. */
  keep({ checkpoint: { origin }, note }: SeenCheckpoint): Promise<void> {
    return writeDurably(this.#pathOf(origin), note);
  }

  #pathOf(origin: string): string {
    return join(this.folder, fileNameOf(origin));
  }
}

/** @throws TlogRefused when it is no checkpoint of this log, signed by it */
export const openSeen = async (
  note: string,
  origin: string,
  keys: readonly VerifierKey[],
): Promise<SeenCheckpoint> => ({ note, checkpoint: await openCheckpoint(parseNote(note), origin, keys) });
