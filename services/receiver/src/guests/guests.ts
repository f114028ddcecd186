// Consignees without keys: who they are and how they are reached, with the salt of the commitment in `registered`. Whoever
// keeps one here has said nothing yet; only a recorded `registered` that commits to it makes it anybody's consignee, and the
// guest of that party: one recorded later, by another, has copied the commitment from the log (view shipments_of_guests).

import { guestText } from '@unbroken/contracts';
import type { GuestDetails } from '@unbroken/contracts';
import type { Heard } from '@unbroken/intake';
import { isMalformed } from '@unbroken/custody';
import { base64url, commitment } from '@unbroken/tokens';
import type { Hash, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import type { Language } from '../pages/language.js';

export interface Guest {
  readonly way: 'email' | 'phone';
  readonly address: string;
  readonly language: Language;
}

const HOUR_MS = 3_600_000;
/** As long as a token with an unknown key waits: until then the one that commits to it may be recorded. */
const UNNAMED_MS = 72 * HOUR_MS;
/** After the parcel is closed there is nothing to confirm; a month is for what was not right with it. */
const CLOSED_MS = 30 * 24 * HOUR_MS;

export class Guests {
  constructor(private readonly database: DataSource) {}

  /** Answers the commitment to sign. Kept again it changes nothing. A crash before keeps nothing, and nobody signs. */
  async keep(guest: GuestDetails, now: number): Promise<Hash> {
    const salt = base64url.decodeStrict(guest.salt);
    if (salt === null) throw new Error('the salt was checked to be base64url');
    const committed = commitment(salt, guestText(guest));
    const [way, address] = 'email' in guest ? ['email', guest.email] : ['phone', guest.phone];
    await this.database.query(
      `INSERT INTO guests (commitment, salt, name, way, address, language, kept_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [committed, Buffer.from(salt), guest.name, way, address, guest.language ?? 'en', new Date(now)],
    );
    return committed;
  }

  /** Whom this shipment was registered for; undefined where it is for no guest, or they were erased. */
  async of(sub: ShipmentId): Promise<Guest | undefined> {
    const rows: Guest[] = await this.database.query(
      `SELECT way, address, language FROM guests JOIN shipments_of_guests USING (commitment) WHERE sub = $1`,
      [sub],
    );
    return rows[0];
  }

  /** Those whom nobody's shipment names, and those of shipments that were closed long ago. */
  async forget(now: number): Promise<void> {
    await this.database.query(
      `DELETE FROM guests g WHERE
         (kept_at < $1 AND NOT EXISTS (SELECT FROM shipments_of_guests s WHERE s.commitment = g.commitment))
         OR (EXISTS (SELECT FROM shipments_of_guests s WHERE s.commitment = g.commitment)
           AND NOT EXISTS (SELECT FROM shipments_of_guests s WHERE s.commitment = g.commitment
             AND (s.closed_at IS NULL OR s.closed_at >= $2)))`,
      [new Date(now - UNNAMED_MS), new Date(now - CLOSED_MS)],
    );
  }
}

/** Notes which shipments are whose, and when they were closed, in the transaction that folds them: with it or not at all. */
export const guestsHeard =
  (now: () => number): Heard =>
  async (manager, folded) => {
    for (const { sub, recorded, after } of folded) {
      const opening = recorded.find(({ tid }) => tid === after.opening?.tid);
      const claims = opening === undefined || isMalformed(opening) ? undefined : opening.claims;
      if (opening !== undefined && claims?.evt === 'registered' && claims.guest !== undefined) {
        await manager.query(
          `INSERT INTO guest_shipments (sub, commitment, party, recorded_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING`,
          [sub, claims.guest, claims.iss, new Date(opening.recordedAt)],
        );
      }
      if (after.closed) {
        await manager.query('UPDATE guest_shipments SET closed_at = $2 WHERE sub = $1 AND closed_at IS NULL', [
          sub,
          new Date(now()),
        ]);
      }
    }
  };
