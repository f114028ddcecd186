// Every service as a process of its own, and each is killed in the middle of its work. Devices that got no answer post
// the same bytes again; whoever supervises starts the process again; nothing else is done about it.

import { freshDatabase, freshTopicPrefix, testKafka, testPostgres, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { SigningParty } from '../e2e/cast/signing-party.js';
import { Up } from '../e2e/system/up.js';
import { expectAllOnce } from './aftermath.js';
import { Load } from './load.js';

const POSTS = 40;

let database: FreshDatabase;
let up: Up;
let cast: Cast;
let recorded = 0;

beforeAll(async () => {
  const [{ brokers }, { adminUrl }, fresh] = await Promise.all([testKafka(), testPostgres(), freshDatabase()]);
  database = fresh;
  const administrator = new URL(adminUrl);
  administrator.pathname = new URL(database.url).pathname;
  up = await Up.start({
    split: true,
    env: {
      UNBROKEN_KAFKA_BROKERS: brokers.join(','),
      UNBROKEN_KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
      UNBROKEN_POSTGRES_URL: administrator.href,
      UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir,
    },
  });
  cast = await settleCast(up.client);
}, 240_000);

afterAll(async () => {
  await up.stop();
  await database.drop();
}, 90_000);

/** kill -9; resolves when another process of that service has taken its place and everybody is ready. */
async function killed(service: string): Promise<void> {
  const before = up.pidOf(service);
  process.kill(before, 'SIGKILL');
  const ready = async () => up.pidOf(service) !== before && (await fetch(`${up.url}/readyz`)).ok;
  await waitFor(ready, { what: `${service} to be back`, timeoutMs: 40_000 });
}

it.each(['sender', 'courier', 'receiver', 'ledger', 'alerts'])(
  '%s killed with -9 in the middle of a load → nothing lost, nothing doubled in chains and alerts',
  async (service) => {
    const load = new Load({ url: up.url, cast, whenRefused: 'post again' });
    await waitFor(() => load.posted >= POSTS, { what: 'posts before the kill' });
    await killed(service);
    const back = load.posted;
    await waitFor(() => load.posted >= back + POSTS, { what: 'posts after it', timeoutMs: 30_000 });
    const stories = await load.stop();
    await expectAllOnce(up.client, stories, { from: recorded });
    recorded += stories.flatMap(({ parcel }) => parcel.tokens).length;
  },
  100_000,
);

it('registry killed with -9 while a party settles → the party is admitted once, and its device counts', async () => {
  const courier = await SigningParty.introduce(up.client, 'late-post', 'courier');
  await killed('registry');
  await courier.admission();
  await courier.enrol();
  const { tokens } = await up.client.chain('late-post');
  expect(tokens).toHaveLength(3);
  expect(tokens.flatMap(({ findings }) => findings)).toEqual([]);
}, 90_000);
