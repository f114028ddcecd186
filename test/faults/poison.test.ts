// One bad message must never block a partition: it is put where somebody can look at it, and what comes after counts.

import { deadTopic, headers, topics } from '@unbroken/contracts';
import type { Topic } from '@unbroken/contracts';
import { freshDatabase, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { post } from '../e2e/cast/door.js';
import { misdelivered } from '../e2e/cast/stories.js';
import type { Story } from '../e2e/cast/stories.js';
import { startInProcess } from '../e2e/system/in-process.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { expectAllOnce } from './aftermath.js';
import { largestPoison, poisons, tokenOfNobody } from './poisons.js';
import type { Poison } from './poisons.js';
import { readers } from './readers.js';
import { allCaughtUp, produce, rawKafka, recordsOf } from './topic-records.js';
import type { TopicRecord } from './topic-records.js';

const GOOD_PARCELS = 8;
const LARGEST_TOLD = 65_536;

const sources = (Object.keys(topics) as Topic[]).filter((topic) => !topic.endsWith('.dead.v1'));
const ofEntries: readonly Topic[] = ['registry.recorded.v1', 'custody.recorded.v1'];

let database: FreshDatabase;
let system: InProcess;
let kafka: Kafka;
let cast: Cast;
let recorded = 0;

beforeAll(async () => {
  const [servers, fresh] = await Promise.all([testKafka(), freshDatabase()]);
  database = fresh;
  kafka = rawKafka(servers.brokers);
  system = await startInProcess(servers, database);
  cast = await settleCast(system.client);
}, 120_000);

afterAll(async () => {
  await system.stop();
  await database.drop();
}, 60_000);

async function misdeliver(): Promise<Story> {
  const story = await misdelivered(cast);
  for (const token of story.parcel.tokens) expect(await post(system.url, token)).toBe(202);
  return story;
}

/** Into every partition of the topic. Where it is compacted the broker itself refuses what has no key. */
async function poison(topic: Topic, some: readonly Poison[]): Promise<void> {
  const { partitions, config } = topics[topic];
  const taken = 'cleanup.policy' in config ? some.filter(({ key }) => key !== null) : some;
  const everywhere = Array.from({ length: partitions }, (_, partition) =>
    taken.map((one): TopicRecord => ({ partition, ...one })),
  );
  await produce(kafka, system.prefix + topic, everywhere.flat());
}

const rest = () =>
  waitFor(() => allCaughtUp(kafka, system.prefix, readers), { what: 'every consumer', timeoutMs: 30_000 });

/** Parcels that travel after the poison; every one of them must be recorded and judged. */
async function expectGoodOnes(known: Story): Promise<void> {
  const stories = [known];
  while (stories.length < GOOD_PARCELS) stories.push(await misdeliver());
  await expectAllOnce(system.client, stories, { from: recorded, timeoutMs: 30_000 });
  recorded += stories.flatMap(({ parcel }) => parcel.tokens).length;
  await rest();
}

const bytesOf = ({ value }: Pick<TopicRecord, 'value'>): string =>
  (value ?? Buffer.alloc(0)).subarray(0, LARGEST_TOLD).toString('base64');

/** What was told of refused tokens, with a reason that the protocol knows. */
async function quarantined(): Promise<Set<string>> {
  const records = await recordsOf(kafka, `${system.prefix}custody.refused.v1`);
  const refused = records.filter((record) => /^token\./.test(String(record.headers?.[headers.reasonCode])));
  return new Set(refused.map(bytesOf));
}

async function buried(topic: Topic): Promise<Set<string>> {
  const records = await recordsOf(kafka, system.prefix + deadTopic(topic));
  return new Set(records.map(bytesOf));
}

it('empty, random, not UTF-8, about a known parcel, of nobody, in every topic → put away, and what follows counts', async () => {
  const known = await misdeliver();
  const bad = poisons(known.parcel.sub);
  const ofNobody = await tokenOfNobody();
  for (const topic of sources) await poison(topic, [...bad, ofNobody]);
  await expectGoodOnes(known);

  const refused = await quarantined();
  expect(bad.filter((one) => !refused.has(bytesOf(one)))).toEqual([]);
  for (const topic of ofEntries) {
    const dead = await buried(topic);
    expect([...bad, ofNobody].filter((one) => !dead.has(bytesOf(one)))).toEqual([]);
  }
}, 90_000);

it('as large as the broker takes it, in a topic of tokens or one that nobody folds → put away, and what follows counts', async () => {
  const known = await misdeliver();
  const large = largestPoison();
  for (const topic of sources.filter((one) => !ofEntries.includes(one))) await poison(topic, [large]);
  await expectGoodOnes(known);
  expect(await quarantined()).toContain(bytesOf(large));
}, 90_000);

it('as large as the broker takes it, in a topic of entries → put away, and what follows counts', async () => {
  const known = await misdeliver();
  const large = largestPoison();
  for (const topic of ofEntries) await poison(topic, [large]);
  await expectGoodOnes(known);
  for (const topic of ofEntries) expect(await buried(topic)).toContain(bytesOf(large));
}, 90_000);
