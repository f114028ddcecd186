// Where the ledger keeps bytes that it could not read, which may hold anything: of malformed
// tokens, whose entries stay, and of what was refused.

import type { ErasablePlace, FoundRow, Person } from '@unbroken/intake';
import { isShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { readings } from './readings.js';

const AT_ONCE = 1_000;

export const ledgerPlaces = (database: DataSource): readonly ErasablePlace[] => [
  malformed(database),
  refused(database),
];

const malformed = (database: DataSource): ErasablePlace => ({
  name: 'ledger.malformed_tokens: bytes nobody could read',
  async find(person: Person): Promise<readonly FoundRow[]> {
    const found: FoundRow[] = [];
    for (let after = ''; ;) {
      const rows = await database.query<{ tid: string; sub: string; token: Buffer }[]>(
        `SELECT tid, sub, malformed_tokens.token FROM malformed_tokens JOIN entries USING (tid)
         WHERE tid > $1 ORDER BY tid LIMIT ${AT_ONCE}`,
        [after],
      );
      for (const { tid, sub, token } of rows)
        if (person.isIn(...readings(token))) found.push({ key: [tid], sub: isShipmentId(sub) ? sub : null });
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return found;
      after = last.tid;
    }
  },
  async erase(keys): Promise<void> {
    await database.query('DELETE FROM malformed_tokens WHERE tid = ANY($1::text[])', [keys.map(([tid]) => tid)]);
  },
});

/** What was refused answers a promise, and the ledger is asked for it until a week is over. */
const refused = (database: DataSource): ErasablePlace => ({
  name: 'ledger.refused: bytes refused more than 8 days ago',
  async find(person: Person): Promise<readonly FoundRow[]> {
    const found: FoundRow[] = [];
    for (let after: Buffer = Buffer.alloc(0); ;) {
      const rows = await database.query<{ hash: Buffer; sub: string | null; bytes: Buffer }[]>(
        `SELECT hash, sub, bytes FROM refused WHERE hash > $1 AND refused_at < now() - interval '8 days'
         ORDER BY hash LIMIT ${AT_ONCE}`,
        [after],
      );
      for (const { hash, sub, bytes } of rows)
        if (person.isIn(...readings(bytes)))
          found.push({ key: [hash.toString('hex')], sub: isShipmentId(sub) ? sub : null });
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return found;
      after = last.hash;
    }
  },
  async erase(keys): Promise<void> {
    await database.query('DELETE FROM refused WHERE hash = ANY($1::bytea[])', [
      keys.map(([hash = '']) => Buffer.from(hash, 'hex')),
    ]);
  },
});
