// Which drawing the rows are of, so that a version that draws them otherwise draws those again that are there.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Drawing1795300000000 implements MigrationInterface {
  readonly name = 'Drawing1795300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stream ADD COLUMN drawing int NOT NULL DEFAULT 0;
      COMMENT ON COLUMN stream.drawing IS 'every row is drawn as this version of the drawing says, or a later one';
    `);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
