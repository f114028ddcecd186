// Makes the topics of libs/contracts; nothing is ever auto-created and nothing existing is silently altered.

import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';
import type { DeadTopic, Topic, TopicDefinition } from '@unbroken/contracts';
import { log } from '../log/event-log.js';
import { isError } from '../log/is-error.js';
import { backoffMs } from '../time/backoff.js';

/** A topic's name in this deployment; the prefix is empty outside tests. */
export const topicName = (prefix: string, topic: Topic | DeadTopic): string => prefix + topic;

/** Creates the topics that are missing; where one exists with other settings, logs the difference and leaves it. */
export async function ensureTopics(
  kafka: Kafka,
  topics: Readonly<Partial<Record<Topic | DeadTopic, TopicDefinition>>>,
  prefix: string,
): Promise<void> {
  const wanted = Object.entries(topics).map(([topic, definition]) => ({ name: prefix + topic, definition }));
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter(({ name }) => !existing.has(name));
    await createTopics(admin, missing);
    await tellDifferences(
      admin,
      wanted.filter(({ name }) => existing.has(name)),
    );
  } finally {
    await admin.disconnect();
  }
}

const ATTEMPTS = 20;

interface WantedTopic {
  readonly name: string;
  readonly definition: TopicDefinition;
}

async function createTopics(admin: Admin, wanted: readonly WantedTopic[]): Promise<void> {
  if (wanted.length === 0) return;
  // Another process may create the same topics meanwhile; the client takes "already exists" for done. It also waits for
  // leaders, but gives up when the broker has not yet heard of a topic from its controller: so the waiting is done here.
  await admin.createTopics({
    waitForLeaders: false,
    topics: wanted.map(({ name, definition }) => ({
      topic: name,
      numPartitions: definition.partitions,
      configEntries: Object.entries(definition.config).map(([key, value]) => ({ name: key, value })),
    })),
  });
  await haveLeaders(
    admin,
    wanted.map(({ name }) => name),
  );
  for (const { name, definition } of wanted)
    log.info('topic.created', { topic: name, partitions: definition.partitions });
}

/** Resolves when every partition takes messages; rejects when that takes longer than the client's own patience. */
async function haveLeaders(admin: Admin, topics: string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const why = await withoutLeaders(admin, topics);
    if (why === undefined) return;
    if (attempt >= ATTEMPTS) throw why;
    await pause(Math.min(backoffMs(attempt), 1_000));
  }
}

async function withoutLeaders(admin: Admin, topics: string[]): Promise<Error | undefined> {
  try {
    const { topics: known } = await admin.fetchTopicMetadata({ topics });
    const led = known.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
    return led ? undefined : new Error('Kafka has made the topics and names no leader for them');
  } catch (error) {
    if (isError(error)) return error;
    throw error;
  }
}

async function tellDifferences(admin: Admin, wanted: readonly WantedTopic[]): Promise<void> {
  if (wanted.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ name }) => name) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: wanted.map(({ name }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  for (const { name, definition } of wanted) {
    const tell = (setting: string, expected: string, found: string) => {
      if (expected !== found) log.warn('topic.differs', { topic: name, setting, expected, found });
    };
    const partitions = topics.find((topic) => topic.name === name)?.partitions.length ?? 0;
    tell('partitions', String(definition.partitions), String(partitions));
    const entries = resources.find((resource) => resource.resourceName === name)?.configEntries ?? [];
    for (const [key, value] of Object.entries(definition.config))
      tell(key, value, entries.find((entry) => entry.configName === key)?.configValue ?? '');
  }
}
