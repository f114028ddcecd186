// The known places as a directory: one file a chain.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from '../keys/private-file.js';
import { knownPlace } from './known-place.js';
import type { KnownPlace, PlaceStore } from './known-place.js';

export class DirectoryPlaces implements PlaceStore {
  /** @param directory made when the first place is kept */
  constructor(readonly directory: string) {}

  /** A file that cannot be read is no knowledge: the hub, or the phone that offers the parcel, is asked instead. */
  async of(sub: string): Promise<KnownPlace | undefined> {
    try {
      return knownPlace.safeParse(JSON.parse(await readFile(this.pathOf(sub), 'utf8'))).data;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** A crash leaves the older place. What this device has signed since is in its outbox, and counts from there. */
  async keep(place: KnownPlace): Promise<void> {
    await writePrivateFile(this.pathOf(place.sub), `${JSON.stringify(place)}\n`);
  }

  pathOf(sub: string): string {
    return join(this.directory, `${sub}.json`);
  }
}
