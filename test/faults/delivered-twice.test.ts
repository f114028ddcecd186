// Kafka promises every message at least once. Here every one comes twice, and nobody must be able to tell.

import type { Topic } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import type { Cast } from '../e2e/cast/cast.js';
import { post } from '../e2e/cast/door.js';
import { delivered, misdelivered } from '../e2e/cast/stories.js';
import type { Story } from '../e2e/cast/stories.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { expectAllOnce } from './aftermath.js';
import { readers } from './readers.js';
import { toldHouse } from './told-house.js';
import type { ToldHouse } from './told-house.js';
import { allCaughtUp, produce, recordsOf } from './topic-records.js';

const TWICE: readonly Topic[] = [
  'registry.tokens.v1',
  'custody.tokens.v1',
  'registry.recorded.v1',
  'custody.recorded.v1',
];

let house: ToldHouse;
let system: InProcess;
let cast: Cast;
let kafka: Kafka;

beforeAll(async () => {
  house = await toldHouse();
  ({ system, cast, kafka } = house);
}, 120_000);

afterAll(() => house.close(), 60_000);

async function told(story: Story): Promise<Story> {
  for (const token of story.parcel.tokens) expect(await post(system.url, token)).toBe(202);
  return story;
}

/** Every answer that could show a difference, byte for byte. */
async function answers(stories: readonly Story[]): Promise<Map<string, string>> {
  const parties = [cast.sender, cast.courier, cast.consignee, cast.stranger].map(({ id }) => id);
  const paths = [
    ...stories.map(({ parcel }) => `/ledger/v1/chains/${parcel.sub}`),
    ...parties.map((id) => `/ledger/v1/chains/${id}`),
    ...parties.map((id) => `/registry/v1/parties/${id}`),
    ...parties.map((id) => `/sender/v1/shipments?party=${id}`),
    ...parties.map((id) => `/courier/v1/custody?party=${id}`),
    ...parties.map((id) => `/receiver/v1/arrivals?party=${id}`),
    '/alerts/v1/alerts?state=all&limit=500',
  ];
  const texts = await Promise.all(paths.map(async (path) => (await fetch(system.url + path)).text()));
  return new Map(paths.map((path, place) => [path, texts[place] ?? '']));
}

const rest = () =>
  waitFor(() => allCaughtUp(kafka, system.prefix, readers), { what: 'every consumer', timeoutMs: 30_000 });

it('every message of tokens and entries comes twice → the same bytes in every answer', async () => {
  const stories = [await told(await delivered(cast)), await told(await misdelivered(cast))];
  stories.push(await told(await misdelivered(cast)));
  await expectAllOnce(system.client, stories);
  const [alert] = (await system.client.alerts()).alerts;
  await system.client.resolve(alert?.id ?? '', { by: cast.sender.id, reason: 'It came back.' });
  await rest();
  const before = await answers(stories);

  for (const topic of TWICE) {
    const name = system.prefix + topic;
    const records = await recordsOf(kafka, name);
    expect(records.length).toBeGreaterThan(0);
    await produce(kafka, name, records);
  }
  await rest();
  expect(await answers(stories)).toEqual(before);

  const next = await told(await misdelivered(cast));
  const recorded = stories.flatMap(({ parcel }) => parcel.tokens).length;
  await expectAllOnce(system.client, [next], { from: recorded });
}, 90_000);
