// Postgres dies while people hand over parcels: they wait a little, and nothing is lost or doubled.

import { postgresAnswers } from '@unbroken/local';
import { freshDatabase, privatePostgres, testKafka, waitFor } from '@unbroken/testing';
import type { PrivatePostgres } from '@unbroken/testing';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { startInProcess } from '../e2e/system/in-process.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { expectAllOnce } from './aftermath.js';
import { Load } from './load.js';

let postgres: PrivatePostgres;
let system: InProcess;
let cast: Cast;

beforeAll(async () => {
  postgres = await privatePostgres();
  system = await startInProcess(await testKafka(), await freshDatabase(postgres));
  cast = await settleCast(system.client);
}, 120_000);

afterAll(async () => {
  await system.stop();
  await postgres.stop();
}, 60_000);

it('killed with -9 while tokens are posted → every post is answered 202, each token recorded once after it is back', async () => {
  const load = new Load({ url: system.url, cast, whenRefused: 'go on' });
  await waitFor(() => load.posted >= 50, { what: 'posts before Postgres dies' });
  await postgres.kill9();
  await waitFor(() => postgresAnswers(postgres.adminUrl), { what: 'Postgres to be back', timeoutMs: 30_000 });
  const back = load.posted;
  await waitFor(() => load.posted >= back + 50, { what: 'posts after Postgres is back', timeoutMs: 30_000 });
  const stories = await load.stop();
  expect([...load.statuses]).toEqual([202]);
  await expectAllOnce(system.client, stories);
}, 120_000);
