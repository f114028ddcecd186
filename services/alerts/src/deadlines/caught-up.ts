// Waits until the consumer group has handled what is on its topic by now: an answer may be among it, and a hand-off that was
// answered while this service was down, or behind a backlog, must not be called unanswered. After a minute it is given up: an
// alarm that resolves itself is better than silence.

import { backoffMs, topicName } from '@unbroken/platform';
import type { Topic } from '@unbroken/contracts';
import type { Admin, Kafka } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { alertsLog } from '../alerts-log.js';

const LONGEST_MS = 60_000;
const POLL_MS = 100;
interface Group {
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly groupId: string;
  /** What is on it now is waited for. */
  readonly topic: Topic;
}

/** Resolves in any case, at once when `stopping` is aborted. */
export async function caughtUp(group: Group, stopping: AbortSignal): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  const waits = () => !stopping.aborted && performance.now() < end;
  const rest = (ms: number) => pause(ms, undefined, { signal: stopping }).catch(() => undefined);
  let goal: Goal | undefined;
  for (let attempt = 1; waits(); attempt += 1) {
    const admin = group.kafka.admin();
    try {
      await admin.connect();
      goal ??= await unreadUpTo(admin, topicName(group.prefix, group.topic));
      while (waits()) {
        if (await hasReached(admin, group, goal)) return;
        alertsLog.debug('reading.behind', { topic: group.topic });
        await rest(POLL_MS);
      }
    } catch (error) {
      alertsLog.warn('reading.unknown', { topic: group.topic, attempt }, error);
      await rest(backoffMs(attempt));
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
  if (!stopping.aborted) alertsLog.warn('reading.given-up', { topic: group.topic });
}

/** Per partition the offset to reach; partitions that hold nothing are left out. */
type Goal = ReadonlyMap<number, bigint>;

async function unreadUpTo(admin: Admin, topic: string): Promise<Goal> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return new Map(
    partitions.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, BigInt(high)]),
  );
}

async function hasReached(admin: Admin, { prefix, groupId, topic: name }: Group, goal: Goal): Promise<boolean> {
  const topic = topicName(prefix, name);
  const [committed] = await admin.fetchOffsets({ groupId: prefix + groupId, topics: [topic] });
  const offsets = new Map(committed?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return [...goal].every(([partition, offset]) => (offsets.get(partition) ?? -1n) >= offset);
}
