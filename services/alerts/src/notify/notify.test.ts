// Whom an alert reaches, when, and what is shown of it: a real mail server, a real receiver that checks signatures.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@unbroken/platform';
import { alertsMigrations } from '../migrations/index.js';
import { NotifiedHouse } from './fixture/notified-house.js';
import { notTakenTests } from './not-taken.part.test.js';
import { passedOnTests } from './passed-on.part.test.js';
import { timingTests } from './timing.part.test.js';
import { toldTests } from './told.part.test.js';

let built: NotifiedHouse;
const at = () => built;

beforeAll(async () => {
  built = await NotifiedHouse.build();
}, 60_000);

afterAll(() => built.tearDown(), 30_000);

describe('an alert is raised', () => toldTests(at));
describe('a receiver that does not take it', () => notTakenTests(at));
timingTests(at);
passedOnTests(at);

describe('what is kept', () => {
  it('neither addresses nor secrets in any table', async () => {
    const { settings } = at().house;
    const database = await openDatabase({
      service: 'alerts',
      settings,
      entities: [],
      migrations: [...alertsMigrations],
      poolSize: 1,
    });
    const tables = await database.query<{ name: string }[]>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'alerts'`,
    );
    const kept = await Promise.all(
      tables.map(async ({ name }) => JSON.stringify(await database.query(`SELECT t::text FROM alerts."${name}" AS t`))),
    );
    await database.destroy();
    expect(tables.map(({ name }) => name)).toContain('notifications');
    expect(kept.join()).toContain('climbing');
    expect(kept.join()).not.toMatch(/simple\.example|whsec_|127\.0\.0\.1/);
  });
});
