// What people wrote in the file of an incident goes beside it, erasable, and the file keeps a salted commitment to it.

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { moveTextsOut } from '../incidents/incident-texts.js';

export class IncidentTexts1796500001000 implements MigrationInterface {
  readonly name = 'IncidentTexts1796500001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE incident_texts (
        incident uuid NOT NULL,
        no integer NOT NULL,
        salt bytea NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (incident, no)
      );
      ALTER TABLE incident_acts ADD COLUMN commitment text;
      COMMENT ON COLUMN incident_acts.commitment IS 'to incident_texts.text with its salt; null: written by a version that kept texts here';`);
    await moveTextsOut(runner.manager);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
