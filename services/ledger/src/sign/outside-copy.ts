// The last signed checkpoint of a log outside the database: a database that is put back from a backup does not take it
// back as well, and so is found out. A file for each, named by its size: a process that was paused and writes late writes
// beside the newer one and never over it.

import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, readIfThere, writeDurably } from '@unbroken/platform';

const DIGITS = 16;
const FORM = new RegExp(`^\\d{${DIGITS}}$`);

export interface KeptNote {
  readonly note: string;
  /** The file it is in. */
  readonly path: string;
}

export class OutsideCopy {
  /** One folder for each log. */
  constructor(readonly folder: string) {}

  /** The note with the largest size; undefined before the first. @throws Error with the file and the cure */
  async last(): Promise<KeptNote | undefined> {
    const name = (await this.#names()).at(-1);
    if (name === undefined) return undefined;
    const path = join(this.folder, name);
    const note = await toldWhere(path, readIfThere(path));
    return note === undefined ? undefined : { note, path };
  }

  /** Resolves when it is on the disk. A crash leaves the one before, or both. */
  async keep(size: number, note: string): Promise<void> {
    const older = await this.#names();
    const name = String(size).padStart(DIGITS, '0');
    await writeDurably(join(this.folder, name), note);
    for (const other of older) if (other < name) await unlink(join(this.folder, other)).catch(() => undefined);
  }

  async #names(): Promise<string[]> {
    return (await toldWhere(this.folder, namesIn(this.folder))).filter((name) => FORM.test(name));
  }
}

/** Not to be taken for none: a log that does not know what it has signed may sign something else. */
async function toldWhere<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `${path} cannot be read, where the last checkpoint that was signed is kept outside the database (${why}). ` +
        'Put it back as it was, readable for the ledger',
      { cause },
    );
  }
}
