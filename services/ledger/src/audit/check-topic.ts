// The recorded topic of a log, held against its rows: every message is an entry as it is stored, none is missing that the
// topic should still have, and they came in the order of the log.

import { custodyNumber, topics } from '@unbroken/contracts';
import type { EntityManager } from 'typeorm';
import { originOf, recordedTopic } from '../logs.js';
import type { LogName } from '../logs.js';
import { readUpTo } from '../publish/read-recorded.js';
import type { PublishedMessage, TopicEnds, TopicPlace } from '../publish/read-recorded.js';
import { rfc3339 } from '../rfc3339.js';
import type { Faults } from './fault.js';
import type { Held, Testimonies } from './witness.js';

const HOUR_MS = 60 * 60 * 1000;

export interface TopicCheck {
  readonly manager: EntityManager;
  readonly log: LogName;
  readonly deployment: string;
  readonly place: Pick<TopicPlace, 'kafka' | 'prefix'>;
  readonly ends: TopicEnds;
  /** How many entries were said to be published before `ends` was asked for. */
  readonly published: number;
  readonly size: number;
  readonly now: number;
  readonly testimonies: Testimonies;
  readonly faults: Faults;
}

/** Answers how many messages there were, and up to which index the topic goes: 0 where it holds nothing. */
export async function checkTopic(check: TopicCheck): Promise<{ readonly messages: number; readonly end: number }> {
  const { log, deployment, ends, testimonies, faults } = check;
  const topic = recordedTopic(log);
  const origin = originOf(log, deployment);
  const seen = new Seen(check.size);
  const newest = new Map<number, number>();
  let messages = 0;
  await readUpTo({ ...check.place, topic }, ends, async (given) => {
    messages += given.length;
    const held: Held[] = [];
    for (const message of given) {
      const where = `${topic} ${message.partition}:${message.offset}`;
      // The topic is that of the logs before it, too, which have ended and are not compared.
      if (log !== 'registry' && isOfEarlier(message.origin, origin)) continue;
      if (message.index === undefined || message.origin !== origin) {
        const says = `an entry of ${message.origin ?? 'no log'} without a place in ${origin}`;
        faults.add({
          code: 'topic.changed',
          where,
          log,
          index: message.index ?? null,
          tid: null,
          says,
          should: 'nothing',
        });
        continue;
      }
      if (!seen.add(message.index)) {
        // Published again after a crash, or for a view: it has to say the same.
      } else if (ends.whole && message.index < (newest.get(message.partition) ?? 0)) {
        const says = `entry ${message.index} after entry ${newest.get(message.partition) ?? 0}`;
        faults.add({
          code: 'topic.moved',
          where,
          log,
          index: message.index,
          tid: null,
          says,
          should: 'the order of the log',
        });
      } else {
        newest.set(message.partition, message.index);
      }
      held.push(heldAs(message, log, where));
    }
    await testimonies.hear(log, held);
  });
  await nameMissing(check, seen);
  return { messages, end: seen.end };
}

const isOfEarlier = (of: string | undefined, origin: string): boolean =>
  of?.startsWith(origin.slice(0, origin.lastIndexOf('/') + 1)) === true && custodyNumber(of) < custodyNumber(origin);

const heldAs = (message: PublishedMessage, log: LogName, where: string): Held => ({
  log,
  index: message.index ?? 0,
  bytes: message.value,
  where,
  kind: 'topic',
  beside: { key: message.key, receivedAt: message.receivedAt, deviceClock: message.deviceClock },
});

/** Named by ranges: a topic that was lost has lost all of them. */
async function nameMissing(
  { manager, log, ends, published, size, now, faults }: TopicCheck,
  seen: Seen,
): Promise<void> {
  const first = ends.whole ? 0 : await firstKept(manager, log, now);
  const topic = recordedTopic(log);
  for (const { from, to } of seen.missing(first, Math.min(published, size))) {
    const isTail = to === Math.min(published, size) && seen.end <= from;
    const says = `${topic} has no entry from ${from} to ${to - 1}`;
    const of = { log, index: from, tid: null };
    if (isTail)
      faults.add({
        code: 'cursor.ahead',
        where: 'publications',
        ...of,
        says: `published ${published}`,
        should: `${from}: ${says}`,
      });
    else
      faults.add({
        code: 'topic.missing',
        where: topic,
        ...of,
        says: 'nothing',
        should: `entries ${from} to ${to - 1}`,
      });
  }
}

/** The first entry that the topic must still have, where it does not keep everything. */
async function firstKept(manager: EntityManager, log: LogName, now: number): Promise<number> {
  const kept = Number(topics[recordedTopic(log)].config['retention.ms']);
  if (kept < 0) return 0;
  const [row] = await manager.query<{ first: string | null }[]>(
    'SELECT min(index) AS first FROM entries WHERE log = $1 AND recorded_at >= $2',
    [log, rfc3339(now - kept + HOUR_MS)],
  );
  return row?.first == null ? Number.MAX_SAFE_INTEGER : Number(row.first);
}

/** Which indices were seen: a bit for each, so an eighth of a megabyte for a million. */
class Seen {
  readonly #bits: Uint8Array;
  #end = 0;

  constructor(private readonly size: number) {
    this.#bits = new Uint8Array(Math.ceil(size / 8));
  }

  /** One more than the largest. */
  get end(): number {
    return this.#end;
  }

  /** False where it was seen before. */
  add(index: number): boolean {
    this.#end = Math.max(this.#end, index + 1);
    if (index >= this.size) return true;
    const bit = 1 << (index % 8);
    const byte = this.#bits[index >> 3] ?? 0;
    this.#bits[index >> 3] = byte | bit;
    return (byte & bit) === 0;
  }

  *missing(from: number, to: number): Iterable<{ readonly from: number; readonly to: number }> {
    let begun: number | undefined;
    for (let index = from; index < to; index += 1) {
      const isSeen = ((this.#bits[index >> 3] ?? 0) & (1 << (index % 8))) !== 0;
      if (!isSeen) begun ??= index;
      else if (begun !== undefined) {
        yield { from: begun, to: index };
        begun = undefined;
      }
    }
    if (begun !== undefined) yield { from: begun, to };
  }
}
