// What a sender knows of a shipment and tells nobody unless something goes wrong: which people and records it is about, and
// about how many (GDPR Art. 33(3)(a)). Kept in the home and never sent by itself; deleting the file erases it.

import { join } from 'node:path';
import type { ShipmentId } from '@unbroken/tokens';
import { z } from 'zod';
import { erasePrivateFile, readPrivateFile, writePrivateFile } from './private-file.js';

const line = z.string().max(500).optional();

/** As people write them: "about 5,282,616". */
export const shipmentNotes = z.strictObject({
  peopleCategories: line,
  peopleNumber: line,
  recordCategories: line,
  recordNumber: line,
});
export type ShipmentNotes = z.infer<typeof shipmentNotes>;

const file = z.object({ format: z.literal('unbroken-shipment-notes/1'), sub: z.string(), notes: shipmentNotes });

export class ShipmentNotesStore {
  /** @param directory made when the first notes are kept */
  constructor(readonly directory: string) {}

  /** Written whole or not at all: a crash leaves what was kept before. Empty notes are not kept. */
  async keep(sub: ShipmentId, notes: ShipmentNotes): Promise<void> {
    if (Object.values(notes).every((note) => note === undefined)) return;
    const kept = { format: 'unbroken-shipment-notes/1', sub, notes };
    await writePrivateFile(this.pathOf(sub), `${JSON.stringify(kept, null, 2)}\n`);
  }

  /** Empty where none are kept. @throws ReadableByOthers; ZodError for a file that is none of these */
  async of(sub: ShipmentId): Promise<ShipmentNotes> {
    const text = await readPrivateFile(this.pathOf(sub));
    return text === undefined ? {} : file.parse(JSON.parse(text)).notes;
  }

  /** False where none are kept. */
  erase(sub: ShipmentId): Promise<boolean> {
    return erasePrivateFile(this.pathOf(sub));
  }

  pathOf(sub: ShipmentId): string {
    return join(this.directory, `${sub}.json`);
  }
}
