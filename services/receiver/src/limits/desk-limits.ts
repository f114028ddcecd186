// How often strangers may ask for something: counted in the database, so that for a shipment a restart forgives nothing and every
// process counts alike; sources are told apart by a key of each process, and begin anew with it. What is counted is counted
// whether there is such a shipment or not.

import type { Clock } from '@unbroken/platform';
import type { DataSource } from 'typeorm';

export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly perMs: number;
}

export class DeskLimits {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** As `allows`, of one after the other: what is too much by one limit is taken from none behind it. */
  async allowsAll(...counted: readonly (readonly [limit: Limit, what: string])[]): Promise<boolean> {
    for (const [limit, what] of counted) if (!(await this.allows(limit, what))) return false;
    return true;
  }

  /** Counts one more for `what`, and answers whether it is within the limit. A crash after it has counted one too many. */
  async allows({ name, most, perMs }: Limit, what: string): Promise<boolean> {
    const now = this.clock.now();
    const rows: { used: number }[] = await this.database.query(
      `INSERT INTO desk_limits AS counted (key, until, used) VALUES ($1, $2, 1)
       ON CONFLICT (key) DO UPDATE SET
         used = CASE WHEN counted.until <= $3 THEN 1 ELSE counted.used + 1 END,
         until = CASE WHEN counted.until <= $3 THEN EXCLUDED.until ELSE counted.until END
       RETURNING used`,
      [`${name} ${what}`, new Date(now + perMs), new Date(now)],
    );
    return (rows[0]?.used ?? 1) <= most;
  }

  /** Counts from none. */
  async beginAnew({ name }: Limit, what: string): Promise<void> {
    await this.database.query('DELETE FROM desk_limits WHERE key = $1', [`${name} ${what}`]);
  }

  /** What is over and done with. */
  async forget(): Promise<void> {
    await this.database.query('DELETE FROM desk_limits WHERE until <= $1', [new Date(this.clock.now())]);
  }
}
