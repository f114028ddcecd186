// The broker dies while people hand over parcels: they must not notice, and nothing may be lost or doubled.

import { kafkaAnswers } from '@unbroken/local';
import { freshDatabase, privateKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase, PrivateKafka } from '@unbroken/testing';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { startInProcess } from '../e2e/system/in-process.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { expectAllOnce } from './aftermath.js';
import { Load } from './load.js';

let kafka: PrivateKafka;
let database: FreshDatabase;
let system: InProcess;
let cast: Cast;

beforeAll(async () => {
  [kafka, database] = await Promise.all([privateKafka(), freshDatabase()]);
  system = await startInProcess(kafka, database);
  cast = await settleCast(system.client);
}, 120_000);

afterAll(async () => {
  await system.stop();
  await Promise.all([database.drop(), kafka.stop()]);
}, 60_000);

/** So often in a row that it stays away for longer than a send is tried. */
const KILLS = 3;

it('killed with -9 again and again while tokens are posted → every post is answered 202, each token recorded once after it is back', async () => {
  const load = new Load({ url: system.url, cast, whenRefused: 'go on' });
  await waitFor(() => load.posted >= 50, { what: 'posts before the broker dies' });
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await kafka.kill9();
    const before = load.posted;
    await waitFor(() => kafkaAnswers([...kafka.brokers]), { what: 'the broker to be back', timeoutMs: 30_000 });
    expect(load.posted).toBeGreaterThan(before);
  }
  const back = load.posted;
  await waitFor(() => load.posted >= back + 50, { what: 'posts after the broker is back' });
  const stories = await load.stop();
  expect([...load.statuses]).toEqual([202]);
  await expectAllOnce(system.client, stories);
}, 120_000);
