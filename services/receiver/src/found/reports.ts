// What finders told, kept before anything is signed: whoever tells it is answered the same at once, whether there is such a
// shipment or not. How they can be called back stays here, erasable, beside the salt of what the token commits to.

import { randomInt } from 'node:crypto';
import type { FinderReport, FoundReport } from '@unbroken/contracts';
import { commitment, newSalt } from '@unbroken/tokens';
import type { Hash, PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PAGE = 50;

/** A report that is to be signed, or is signed and not yet posted. */
export interface UnpostedReport {
  readonly callback: string;
  /** Its place in the order in which they were told. */
  readonly no: string;
  readonly sub: ShipmentId;
  readonly mine: boolean;
  readonly opened: FinderReport['opened'];
  readonly left: FinderReport['left'];
  readonly commitment: Hash | null;
  readonly token: string | null;
}

/** Whose turn it is: told after `since`, and of one shipment no more than `most` with those posted after `per`. */
export interface Turn {
  readonly since: Date;
  readonly most: number;
  readonly per: Date;
}

interface Row extends Omit<UnpostedReport, 'sub' | 'left'> {
  readonly sub: string;
  readonly left_at: FinderReport['left'];
  readonly contact: string | null;
  readonly told_at: Date;
  readonly tid: string | null;
  readonly called_back_by: string | null;
  readonly called_back_at: Date | null;
  readonly witnessed: string | null;
}

export class Reports {
  constructor(private readonly database: DataSource) {}

  /**
   * Keeps a report and answers its callback code. A crash before leaves none, and the finder sees no code; after it the
   * report is signed at the next start.
   */
  async keep(sub: ShipmentId, { mine, opened, left, contact }: FinderReport, now: number): Promise<string> {
    const callback = newCallback();
    const salt = contact === undefined ? null : newSalt();
    await this.database.query(
      `INSERT INTO found_reports (callback, sub, mine, opened, left_at, contact, salt, commitment, told_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        callback,
        sub,
        mine === 'yes',
        opened,
        left,
        contact ?? null,
        salt && Buffer.from(salt),
        salt && contact !== undefined ? commitment(salt, contact) : null,
        new Date(now),
      ],
    );
    return callback;
  }

  /** After `after`, of shipments that are known here, not posted yet, and whose turn has come; the oldest first. */
  async unposted({ since, most, per }: Turn, after: string, limit: number): Promise<readonly UnpostedReport[]> {
    const rows: Row[] = await this.database.query(
      `SELECT * FROM (
         SELECT *, row_number() OVER (PARTITION BY sub ORDER BY no)
             + (SELECT count(*) FROM found_reports p WHERE p.sub = f.sub AND p.posted_at > $4) AS turn
         FROM found_reports f WHERE posted_at IS NULL AND told_at > $1 AND no > $2
           AND EXISTS (SELECT FROM chain_history h WHERE h.sub = f.sub)
       ) waiting WHERE turn <= $5 ORDER BY no LIMIT $3`,
      [since, after, limit, per, most],
    );
    return rows.map(({ sub, left_at: left, ...row }) => ({ ...row, sub: sub as ShipmentId, left }));
  }

  /**
   * Keeps the token that says it, and answers the one that is kept: the first, where two processes signed at once. A crash
   * before has it signed anew; after it the same bytes are posted.
   */
  async signed(callback: string, { token, tid }: { readonly token: string; readonly tid: TokenId }): Promise<string> {
    const [rows]: [{ token: string }[], number] = await this.database.query(
      `UPDATE found_reports SET token = COALESCE(token, $2), tid = COALESCE(tid, $3) WHERE callback = $1 RETURNING token`,
      [callback, token, tid],
    );
    return rows[0]?.token ?? token;
  }

  /** The intake has it. A crash before has the same bytes posted again, which changes nothing. */
  async posted(callback: string, now: number): Promise<void> {
    await this.database.query('UPDATE found_reports SET posted_at = $2 WHERE callback = $1', [callback, new Date(now)]);
  }

  /** One page, the newest first; `waiting`: only those that nobody has called back. */
  async list({ waiting, before }: { readonly waiting: boolean; readonly before?: string }) {
    const rows: Row[] = await this.database.query(
      `SELECT * FROM found_reports WHERE no < $1 AND (NOT $2 OR called_back_at IS NULL) ORDER BY no DESC LIMIT $3`,
      [before ?? '9223372036854775807', waiting, PAGE],
    );
    return { reports: rows.map(shown), cursor: rows.length < PAGE ? null : (rows.at(-1)?.no ?? null) };
  }

  async get(callback: string): Promise<FoundReport | undefined> {
    const rows: Row[] = await this.database.query('SELECT * FROM found_reports WHERE callback = $1', [callback]);
    return rows[0] && shown(rows[0]);
  }

  /** The first who called back stands; undefined where there is no such report. */
  async calledBack(callback: string, by: PartyId, witnessed: string, now: number): Promise<FoundReport | undefined> {
    await this.database.query(
      `UPDATE found_reports SET called_back_by = $2, called_back_at = $3, witnessed = $4
       WHERE callback = $1 AND called_back_at IS NULL`,
      [callback, by, new Date(now), witnessed],
    );
    return this.get(callback);
  }

  /** How that finder can be called back, and the salt: what the token commits to says nothing any more. */
  async erase(callback: string): Promise<FoundReport | undefined> {
    await this.database.query('UPDATE found_reports SET contact = NULL, salt = NULL WHERE callback = $1', [callback]);
    return this.get(callback);
  }

  /** The same of all that were told before then; one of no shipment that was ever known goes as a whole. */
  async eraseToldBefore(before: Date): Promise<void> {
    await this.database.query('DELETE FROM found_reports WHERE token IS NULL AND told_at < $1', [before]);
    await this.database.query(
      'UPDATE found_reports SET contact = NULL, salt = NULL WHERE contact IS NOT NULL AND told_at < $1',
      [before],
    );
  }
}

function newCallback(): string {
  const signs = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

const shown = (row: Row): FoundReport => ({
  callback: row.callback,
  sub: row.sub,
  mine: row.mine,
  opened: row.opened,
  left: row.left_at,
  contact: row.contact,
  toldAt: row.told_at.toISOString(),
  tid: row.tid,
  calledBack:
    row.called_back_by === null || row.called_back_at === null
      ? null
      : { by: row.called_back_by, at: row.called_back_at.toISOString(), witnessed: row.witnessed ?? '' },
});
