// A courier works with a new phone before its party has enrolled it: what it signs waits, and then counts.

import { freshDatabase, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { post } from '../e2e/cast/door.js';
import { SigningParty } from '../e2e/cast/signing-party.js';
import { misdelivered } from '../e2e/cast/stories.js';
import { startInProcess } from '../e2e/system/in-process.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { alertsOf, expectAllOnce } from './aftermath.js';

let database: FreshDatabase;
let system: InProcess;
let settled: Cast;

beforeAll(async () => {
  database = await freshDatabase();
  system = await startInProcess(await testKafka(), database);
  settled = await settleCast(system.client);
}, 120_000);

afterAll(async () => {
  await system.stop();
  await database.drop();
}, 60_000);

it('signed with a key before its enrolment → pending; recorded after it, and its alerts raised', async () => {
  const { client, url } = system;
  const stranger = await SigningParty.introduce(client, 'neighbour', 'receiver');
  await stranger.admission();
  const story = await misdelivered({ ...settled, stranger });
  for (const token of story.parcel.tokens) expect(await post(url, token)).toBe(202);
  const early = story.parcel.tokens.at(-1)?.tid ?? '';
  const waits = async () => {
    const { status } = await client.token(early);
    const { tokens } = await client.chain(story.parcel.sub);
    return status === 'pending' && tokens.length === story.parcel.tokens.length - 1;
  };
  await waitFor(waits, { what: 'all but the early token to be recorded' });
  expect(await alertsOf(client, story.parcel.sub)).toEqual([]);

  await stranger.enrol();
  await expectAllOnce(client, [story]);
}, 60_000);
