// Every Kafka topic, its partitions and how long it is kept (docs/protocol, section 7). Topics are made from this
// table and never auto-created, so that a mistyped name is an error and not a silent new topic.

const DAY_MS = 24 * 60 * 60 * 1000;

export interface TopicDefinition {
  readonly partitions: number;
  /** Kafka topic configuration; replication is the deployment's to choose. */
  readonly config: Readonly<Record<string, string>>;
}

const keptFor = (days: number): Record<string, string> => ({ 'retention.ms': String(days * DAY_MS) });
const keptForEver: Record<string, string> = { 'retention.ms': '-1', 'retention.bytes': '-1' };
const compacted: Record<string, string> = { 'cleanup.policy': 'compact' };

/** How many partitions carry shipments; a consumer group scales out to this many processes. */
export const CUSTODY_PARTITIONS = 8;

/** A message as large as its own topic takes grows by headers; were it refused here, its consumer would be stuck. */
const roomForHeaders: Record<string, string> = { 'max.message.bytes': String(2 * 1024 * 1024) };

const source = {
  'registry.tokens.v1': { partitions: 1, config: keptForEver },
  'registry.recorded.v1': { partitions: 1, config: keptForEver },
  'registry.documents.v1': { partitions: 1, config: compacted },
  'log.keys.v1': { partitions: 1, config: compacted },
  'custody.tokens.v1': { partitions: CUSTODY_PARTITIONS, config: keptFor(7) },
  'custody.recorded.v1': { partitions: CUSTODY_PARTITIONS, config: keptFor(30) },
  'custody.refused.v1': { partitions: 1, config: keptFor(90) },
  'log.checkpoints.v1': { partitions: 1, config: compacted },
  'promises.due.v1': { partitions: 1, config: keptFor(7) },
  'custody.alerts.v1': { partitions: CUSTODY_PARTITIONS, config: compacted },
  'platform.heartbeats.v1': { partitions: 1, config: keptFor(7) },
  'platform.openings.v1': { partitions: 1, config: keptFor(7) },
} as const satisfies Record<string, TopicDefinition>;

export type Topic = keyof typeof source;
export type DeadTopic = `${Topic}.dead.v1`;

/** Where a message goes that its consumer cannot handle: the same bytes, with the error and source offset as headers. */
export const deadTopic = (topic: Topic): DeadTopic => `${topic}.dead.v1`;

const topicNames = Object.keys(source) as Topic[];

/** All topics, the dead ones included, by name. */
export const topics: Readonly<Record<Topic | DeadTopic, TopicDefinition>> = {
  ...source,
  ...(Object.fromEntries(
    topicNames.map((topic) => [deadTopic(topic), { partitions: 1, config: { ...keptFor(90), ...roomForHeaders } }]),
  ) as unknown as Record<DeadTopic, TopicDefinition>),
};
