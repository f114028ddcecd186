// How many reports of a shipment were posted lately (found/reports.ts) is asked for each that waits.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ReportsOfShipment1796700000000 implements MigrationInterface {
  readonly name = 'ReportsOfShipment1796700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX found_reports_posted ON found_reports (sub, posted_at)');
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
