// The last signed checkpoint of a log outside the database: a database that is put back from a backup does not take it
// back as well, and so is found out. A file for each, named by its size: a process that was paused and writes late writes
// beside the newer one and never over it.

import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, readIfThere, writeDurably } from '@unbroken/platform';

const DIGITS = 16;
const FORM = new RegExp(`^\\d{${DIGITS}}$`);

export class OutsideCopy {
  /** One folder for each log. */
  constructor(readonly folder: string) {}

  /** The note with the largest size; undefined before the first. @throws when it is there and cannot be read */
  async last(): Promise<string | undefined> {
    const name = (await this.#names()).at(-1);
    return name === undefined ? undefined : readIfThere(join(this.folder, name));
  }

  /** Resolves when it is on the disk. A crash leaves the one before, or both. */
  async keep(size: number, note: string): Promise<void> {
    const older = await this.#names();
    const name = String(size).padStart(DIGITS, '0');
    await writeDurably(join(this.folder, name), note);
    for (const other of older) if (other < name) await unlink(join(this.folder, other)).catch(() => undefined);
  }

  async #names(): Promise<string[]> {
    return (await namesIn(this.folder)).filter((name) => FORM.test(name));
  }
}
