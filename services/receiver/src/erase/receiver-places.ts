// Where the receiver service keeps who people are: guests with the salts of their commitments, the codes they are sent, and
// how finders can be called back.

import type { ErasablePlace, FoundRow, Person } from '@unbroken/intake';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';

export const receiverPlaces = (database: DataSource): readonly ErasablePlace[] => [guests(database), finders(database)];

interface GuestRow {
  readonly commitment: string;
  readonly name: string;
  readonly address: string;
  readonly subs: readonly ShipmentId[] | null;
}

const guests = (database: DataSource): ErasablePlace => ({
  name: 'receiver.guests: name, address, language, salt, and codes that were sent',
  async find(person: Person): Promise<readonly FoundRow[]> {
    const rows = await database.query<GuestRow[]>(
      `SELECT commitment, name, address, (SELECT array_agg(sub) FROM shipments_of_guests s
         WHERE s.commitment = g.commitment) AS subs FROM guests g`,
    );
    return rows
      .filter(({ name, address }) => person.isIn(name, address))
      .flatMap(({ commitment, subs }): FoundRow[] => (subs ?? [null]).map((sub) => ({ key: [commitment], sub })));
  },
  async erase(keys): Promise<void> {
    const commitments = keys.map(([commitment]) => commitment);
    await database.transaction(async (manager) => {
      // A code that was used is a token by now, and its row keeps it from being used again.
      await manager.query(
        `DELETE FROM guest_codes c USING shipments_of_guests s
         WHERE c.sub = s.sub AND s.commitment = ANY($1::text[]) AND c.token IS NULL`,
        [commitments],
      );
      await manager.query('DELETE FROM guests WHERE commitment = ANY($1::text[])', [commitments]);
    });
  },
});

const finders = (database: DataSource): ErasablePlace => ({
  name: 'receiver.found_reports: contact and salt',
  async find(person: Person): Promise<readonly FoundRow[]> {
    const rows = await database.query<{ callback: string; sub: ShipmentId; contact: string }[]>(
      'SELECT callback, sub, contact FROM found_reports WHERE contact IS NOT NULL',
    );
    return rows.filter(({ contact }) => person.isIn(contact)).map(({ callback, sub }) => ({ key: [callback], sub }));
  },
  async erase(keys): Promise<void> {
    await database.query('UPDATE found_reports SET contact = NULL, salt = NULL WHERE callback = ANY($1::text[])', [
      keys.map(([callback]) => callback),
    ]);
  },
});
