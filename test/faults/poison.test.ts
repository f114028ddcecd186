// One bad message must never block a partition: it is put where somebody can look at it, and what comes after counts.

import { deadTopic, headers, topics } from '@unbroken/contracts';
import type { Topic } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import type { Cast } from '../e2e/cast/cast.js';
import { post } from '../e2e/cast/door.js';
import { misdelivered } from '../e2e/cast/stories.js';
import type { SignedToken } from '../e2e/cast/parcel.js';
import type { Story } from '../e2e/cast/stories.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { expectAllOnce } from './aftermath.js';
import { largestPoison, poisons, tokenOfNobody } from './poisons.js';
import type { Poison } from './poisons.js';
import { readers } from './readers.js';
import { toldHouse } from './told-house.js';
import type { ToldHouse } from './told-house.js';
import { allCaughtUp, produce, recordsOf } from './topic-records.js';
import type { TopicRecord } from './topic-records.js';

/** So many tokens of a parcel are recorded before the poison comes. */
const UNDER_WAY = 2;
const LARGEST_TOLD = 65_536;

const sources = (Object.keys(topics) as Topic[]).filter((topic) => !topic.endsWith('.dead.v1'));
const ofEntries: readonly Topic[] = ['registry.recorded.v1', 'custody.recorded.v1'];

let house: ToldHouse;
let system: InProcess;
let kafka: Kafka;
let cast: Cast;
let recorded = 0;

beforeAll(async () => {
  house = await toldHouse();
  ({ system, cast, kafka } = house);
}, 120_000);

afterAll(() => house.close(), 60_000);

const posted = async (tokens: readonly SignedToken[]) => {
  for (const token of tokens) expect(await post(system.url, token)).toBe(202);
};

/** A parcel under way: registered, and released to the courier; what goes wrong with it later is signed already. */
async function underWay(): Promise<Story> {
  const story = await misdelivered(cast);
  const early = story.parcel.tokens.slice(0, UNDER_WAY);
  await posted(early);
  const recordedBy = async () => (await system.client.chain(story.parcel.sub)).tokens.length === early.length;
  await waitFor(recordedBy, { what: 'the early tokens to be recorded' });
  return story;
}

/** Where everything about this shipment is, in every topic with as many partitions. */
async function partitionOf(sub: string): Promise<number> {
  const records = await recordsOf(kafka, `${system.prefix}custody.tokens.v1`);
  return records.find(({ key }) => key?.toString() === sub)?.partition ?? -1;
}

/** Into the partition that the shipment's messages go through. A compacted topic refuses by itself what has no key. */
async function poison(topic: Topic, some: readonly Poison[], { parcel }: Story): Promise<void> {
  const { partitions, config } = topics[topic];
  const partition = partitions === 1 ? 0 : await partitionOf(parcel.sub);
  const taken = 'cleanup.policy' in config ? some.filter(({ key }) => key !== null) : some;
  const records = taken.map((one): TopicRecord => ({ partition, ...one }));
  await produce(kafka, system.prefix + topic, records);
}

/** The rest of the parcel's tokens, behind the poison, are recorded and judged, and nobody is stuck. */
async function expectItGoesOn(story: Story): Promise<void> {
  const { tokens } = story.parcel;
  await posted(tokens.slice(UNDER_WAY));
  await expectAllOnce(system.client, [story], { from: recorded, timeoutMs: 30_000 });
  recorded += tokens.length;
  await rest();
}

const rest = () =>
  waitFor(() => allCaughtUp(kafka, system.prefix, readers), { what: 'every consumer', timeoutMs: 30_000 });

const bytesOf = ({ value }: Pick<TopicRecord, 'value'>): string =>
  (value ?? Buffer.alloc(0)).subarray(0, LARGEST_TOLD).toString('base64');

/** What was told of refused tokens, with a reason that the protocol knows. */
async function quarantined(): Promise<Set<string>> {
  const records = await recordsOf(kafka, `${system.prefix}custody.refused.v1`);
  const refused = records.filter((record) => /^(token|manifest)\./.test(String(record.headers?.[headers.reasonCode])));
  return new Set(refused.map(bytesOf));
}

async function buried(topic: Topic): Promise<Set<string>> {
  const records = await recordsOf(kafka, system.prefix + deadTopic(topic));
  return new Set(records.map(bytesOf));
}

/** Waits until all of these are where `read` looks: they are told behind the commit that put them away. */
const toBeTold = (some: readonly Poison[], read: () => Promise<ReadonlySet<string>>, where: string) =>
  waitFor(
    async () => {
      const told = await read();
      return some.every((one) => told.has(bytesOf(one)));
    },
    { what: `all ${some.length} poisons in ${where}` },
  );

it('empty, random, not UTF-8, about a known parcel, of nobody, in every topic → put away, and what follows counts', async () => {
  const story = await underWay();
  const bad = poisons(story.parcel.sub);
  const ofNobody = await tokenOfNobody();
  for (const topic of sources) await poison(topic, [...bad, ofNobody], story);
  await expectItGoesOn(story);

  await toBeTold(bad, quarantined, 'what was refused');
  for (const topic of ofEntries) await toBeTold([...bad, ofNobody], () => buried(topic), deadTopic(topic));
}, 90_000);

it('as large as the broker takes it, in a topic of tokens or one that nobody folds → put away, and what follows counts', async () => {
  const story = await underWay();
  const large = largestPoison();
  for (const topic of sources.filter((one) => !ofEntries.includes(one))) await poison(topic, [large], story);
  await expectItGoesOn(story);
  await toBeTold([large], quarantined, 'what was refused');
}, 90_000);

it('as large as the broker takes it, in a topic of entries → put away, and what follows counts', async () => {
  const story = await underWay();
  const large = largestPoison();
  for (const topic of ofEntries) await poison(topic, [large], story);
  await expectItGoesOn(story);
  for (const topic of ofEntries) await toBeTold([large], () => buried(topic), deadTopic(topic));
}, 90_000);
