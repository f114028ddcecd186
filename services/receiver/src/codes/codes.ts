// One-time codes, one for a shipment: the newest. Kept as a hash that is slow to guess, good for half an hour and for one
// confirmation, whose token is kept in the same row: a code is used up by it, and by nothing else.

import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';

const slowHash = promisify<string, Buffer, number, Buffer>(scrypt);

const DIGITS = 8;
const HASH_BYTES = 32;
export const CODE_MS = 30 * 60_000;

/** What a shipment without a code is compared with, so that it takes as long. */
const nobodys = { salt: randomBytes(16), hash: randomBytes(HASH_BYTES) };

export type CodeState = 'good' | 'wrong' | 'expired' | 'used';

interface Row {
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly until: Date;
  readonly token: string | null;
}

export class Codes {
  constructor(private readonly database: DataSource) {}

  /**
   * A new code of eight digits, which replaces the one before. A crash after it leaves a code that nobody was sent, and
   * the guest asks for another. Undefined where the one before was used.
   */
  async issue(sub: ShipmentId, now: number): Promise<string | undefined> {
    const code = randomInt(10 ** DIGITS)
      .toString()
      .padStart(DIGITS, '0');
    const salt = randomBytes(16);
    const rows: unknown[] = await this.database.query(
      `INSERT INTO guest_codes AS known (sub, salt, hash, until) VALUES ($1, $2, $3, $4)
       ON CONFLICT (sub) DO UPDATE SET salt = EXCLUDED.salt, hash = EXCLUDED.hash, until = EXCLUDED.until
       WHERE known.token IS NULL RETURNING 1`,
      [sub, salt, await slowHash(code, salt, HASH_BYTES), new Date(now + CODE_MS)],
    );
    return rows.length === 0 ? undefined : code;
  }

  /** What is to be said of a code that somebody typed; takes as long whatever there is. Only its owner hears but `wrong`. */
  async check(sub: ShipmentId, typed: string, now: number): Promise<CodeState> {
    const rows: Row[] = await this.database.query('SELECT * FROM guest_codes WHERE sub = $1', [sub]);
    const [row] = rows;
    const { salt, hash } = row ?? nobodys;
    const isEqual = timingSafeEqual(await slowHash(typed.replaceAll(/[\s-]/g, ''), salt, HASH_BYTES), hash);
    if (row === undefined || !isEqual) return 'wrong';
    if (row.token !== null) return 'used';
    return row.until.getTime() <= now ? 'expired' : 'good';
  }

  /**
   * The code is used up by this token; false where another was faster. A crash before leaves the code good; after it the
   * token is posted at the next start.
   */
  async use(sub: ShipmentId, token: string): Promise<boolean> {
    const [rows]: [unknown[], number] = await this.database.query(
      'UPDATE guest_codes SET token = $2 WHERE sub = $1 AND token IS NULL RETURNING 1',
      [sub, token],
    );
    return rows.length > 0;
  }

  /** Tokens that the intake may not have yet. */
  async unposted(limit: number): Promise<readonly { readonly sub: ShipmentId; readonly token: string }[]> {
    return this.database.query(
      'SELECT sub, token FROM guest_codes WHERE token IS NOT NULL AND posted_at IS NULL LIMIT $1',
      [limit],
    );
  }

  /** The intake has it. A crash before has the same bytes posted again, which changes nothing. */
  async posted(sub: ShipmentId, now: number): Promise<void> {
    await this.database.query('UPDATE guest_codes SET posted_at = $2 WHERE sub = $1', [sub, new Date(now)]);
  }

  /** Codes that were never used and have run out a day ago. */
  async forget(now: number): Promise<void> {
    await this.database.query('DELETE FROM guest_codes WHERE token IS NULL AND until < $1', [
      new Date(now - 24 * 3_600_000),
    ]);
  }
}
