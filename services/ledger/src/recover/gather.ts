// Everything that is left of the logs, from wherever it is: Kafka's recorded topics, parties' own copies, and what the
// database still holds.

import { originOf, recordedTopic } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { readCopies } from '../audit/copies.js';
import { bytesOf, rowsBetween } from '../audit/audited-row.js';
import { readUpTo, topicEnds } from '../publish/read-recorded.js';
import type { TopicEnds } from '../publish/read-recorded.js';
import type { DataSource } from 'typeorm';
import type { Kafka } from 'kafkajs';
import { DATABASE, KAFKA } from './found-entries.js';
import type { FoundEntries } from './found-entries.js';

const AT_ONCE = 5_000;

interface Places {
  readonly dataSource: DataSource;
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly deployment: string;
}

/** Answers whether the topic still has all that was ever on it. */
export async function gatherFromKafka(found: FoundEntries, places: Places, log: LogName): Promise<TopicEnds> {
  const place = { kafka: places.kafka, prefix: places.prefix, topic: recordedTopic(log) };
  const ends = await topicEnds(place);
  const origin = originOf(log, places.deployment);
  await readUpTo(place, ends, (messages) =>
    found.add(
      log,
      KAFKA,
      messages.flatMap(({ index, origin: of, value, key, receivedAt, deviceClock }) =>
        index === undefined || of !== origin
          ? []
          : [{ index, bytes: value, sub: key, receivedAt: receivedAt ?? null, deviceClock: deviceClock ?? null }],
      ),
    ),
  );
  return ends;
}

/** @throws AuditImpossible for a copy that cannot be read */
export const gatherFromCopies = (found: FoundEntries, folder: string, logs: Logs, deployment: string): Promise<void> =>
  readCopies(folder, logs, deployment, (log, entries) =>
    found.add(
      log,
      folder,
      entries.map(({ index, bytes, sub }) => ({ index, bytes, sub: sub ?? null, receivedAt: null, deviceClock: null })),
    ),
  );

export async function gatherFromDatabase(found: FoundEntries, { dataSource }: Places, log: LogName): Promise<void> {
  const [row] = await dataSource.query<{ size: string }[]>(
    'SELECT coalesce(max(index) + 1, 0) AS size FROM entries WHERE log = $1',
    [log],
  );
  for (let from = 0; from < Number(row?.size); from += AT_ONCE) {
    const rows = await rowsBetween(dataSource.manager, log, { from, to: from + AT_ONCE });
    await found.add(
      log,
      DATABASE,
      rows.flatMap((one) => {
        const bytes = bytesOf(one);
        if (bytes === undefined) return [];
        const { index, sub, received_at, device_clock } = one;
        const beside = {
          receivedAt: received_at?.toISOString() ?? null,
          deviceClock: device_clock?.toISOString() ?? null,
        };
        return [{ index: Number(index), bytes, sub, ...beside }];
      }),
    );
  }
}
