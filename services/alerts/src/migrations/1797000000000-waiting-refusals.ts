// Refusals that name a shipment of which nothing is known yet wait for it.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WaitingRefusals1797000000000 implements MigrationInterface {
  readonly name = 'WaitingRefusals1797000000000';

  async up(runner: QueryRunner): Promise<void> {
    // One a shipment and a reason, however many there were: more would raise no more.
    await runner.query(`
      CREATE TABLE waiting_refusals (
        sub text COLLATE "C" NOT NULL,
        refusal text COLLATE "C" NOT NULL,
        tid text COLLATE "C" NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (sub, refusal)
      );
      CREATE INDEX waiting_refusals_heard_at ON waiting_refusals (heard_at);`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
