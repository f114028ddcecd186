// The tables of pg-boss, in this service's own schema. The library would make them itself, but it asks for a schema first,
// and the role owns this one and may make no other. Later versions of its tables it makes itself, in place.

import PgBoss from 'pg-boss';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Jobs1795800001000 implements MigrationInterface {
  readonly name = 'Jobs1795800001000';

  async up(runner: QueryRunner): Promise<void> {
    const [row] = (await runner.query('SELECT current_schema() AS schema')) as { schema: string }[];
    if (row === undefined) throw new Error('the database names no schema');
    const plan = PgBoss.getConstructionPlans(row.schema);
    await runner.query(tablesOf(plan));
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

/** A transaction, its lock and a schema stand before its types and tables, the commit after them: a migration has all that. */
function tablesOf(plan: string): string {
  const from = plan.indexOf('CREATE TYPE');
  const to = plan.lastIndexOf('COMMIT');
  if (from < 0 || to < from) throw new Error('the plan of pg-boss is not of the form that this migration knows');
  return plan.slice(from, to);
}
