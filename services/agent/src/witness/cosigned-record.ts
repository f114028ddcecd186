// What a witness has cosigned last of each log, on the disk before anybody sees a cosignature.
//
// Each checkpoint lies in a file named by the size it follows, and is put there only if no other is: of two that would
// follow the same one, one comes too late, whichever process it is in. That is the atomic step that
// https://c2sp.org/tlog-witness asks for ("must be performed atomically").

import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce, namesIn, readIfThere } from '@unbroken/platform/process';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import { fileNameOf } from '../home.js';

const DIGITS = 16;
const FORM = /^\d{16}$/;
const nameAfter = (size: number): string => String(size).padStart(DIGITS, '0');

export interface Cosigned {
  readonly checkpoint: Checkpoint;
  /** As the log signed it. */
  readonly note: string;
}

export class CosignedRecord {
  constructor(private readonly folder: string) {}

  /** Read from the disk each time: another process may have gone on. @throws Error with the file that is no checkpoint */
  async last(origin: string): Promise<Cosigned | undefined> {
    const name = (await this.#names(origin)).at(-1);
    if (name === undefined) return undefined;
    const path = join(this.#of(origin), name);
    const note = await readIfThere(path);
    return note === undefined ? this.last(origin) : { note, checkpoint: readNote(note, origin, path) };
  }

  /**
   * Records that `next` follows the checkpoint of `size` (0: none). Answers what is the last one now: another than `next`
   * where somebody was quicker. A crash before this ends has cosigned nothing; after it the log asks again and is
   * answered, for what it asks for is the last one.
   */
  async follow(origin: string, size: number, next: Cosigned): Promise<Cosigned> {
    const path = join(this.#of(origin), nameAfter(size));
    const there = await makeOnce(path, next.note);
    const names = await this.#names(origin);
    // Whoever was paused since it looked may find the file it would follow tidied away: a later one tells it.
    if (there !== next.note || names.at(-1) !== nameAfter(size)) {
      if (there === next.note) await unlink(path).catch(() => undefined);
      return (await this.last(origin)) ?? next;
    }
    for (const name of names.slice(0, -1)) await unlink(join(this.#of(origin), name)).catch(() => undefined);
    return next;
  }

  #of(origin: string): string {
    return join(this.folder, fileNameOf(origin));
  }

  async #names(origin: string): Promise<string[]> {
    return (await namesIn(this.#of(origin))).filter((name) => FORM.test(name));
  }
}

function readNote(note: string, origin: string, path: string): Checkpoint {
  try {
    const checkpoint = parseCheckpoint(parseNote(note).text);
    if (checkpoint.origin === origin) return checkpoint;
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw unreadable(path);
}

/** Not to be taken for none: a witness that forgets what it has cosigned cosigns something else. */
const unreadable = (path: string, cause?: unknown): Error =>
  new Error(`${path} holds no checkpoint, which is what was cosigned last. Put it back as it was`, { cause });
