// A Postgres that is killed comes back by itself, on its port and with what was committed.
import { postgresAnswers, withClient } from '@unbroken/local';

import { freshDatabase } from './fresh-database.js';
import { privatePostgres } from './private-postgres.js';
import type { PrivatePostgres } from './private-postgres.js';
import { waitFor } from './wait-for.js';

describe('privatePostgres', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await privatePostgres();
  }, 150_000);

  afterAll(() => postgres.stop(), 60_000);

  const answers = () => postgresAnswers(postgres.adminUrl);

  it('kill -9, three times → answers again at the same address, nothing committed is lost', async () => {
    await withClient(postgres.adminUrl, (client) => client.query('CREATE TABLE kept (round int)'));
    for (const round of [1, 2, 3]) {
      await withClient(postgres.adminUrl, (client) => client.query('INSERT INTO kept VALUES ($1)', [round]));
      await postgres.kill9();
      await waitFor(answers, { timeoutMs: 30_000, what: 'Postgres to answer after kill -9' });
      const { rows } = await withClient(postgres.adminUrl, (client) =>
        client.query('SELECT max(round) AS last FROM kept'),
      );
      expect(rows).toEqual([{ last: round }]);
    }
  }, 120_000);

  it('a fresh database on it → provisioned there', async () => {
    const database = await freshDatabase(postgres);
    expect(new URL(database.url).host).toBe(new URL(postgres.adminUrl).host);
    await database.drop();
  });

  it('stopped → nobody answers there', async () => {
    const another = await privatePostgres();
    await another.stop();
    await expect(postgresAnswers(another.adminUrl)).rejects.toThrow('ECONNREFUSED');
  }, 60_000);
});
