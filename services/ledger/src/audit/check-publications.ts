// How far a log counts as published, and in how many messages: held against what its topic has ever had.

import type { EntityManager } from 'typeorm';
import { recordedTopic } from '../logs.js';
import type { LogName } from '../logs.js';
import type { TopicEnds } from '../publish/read-recorded.js';
import type { Faults } from './fault.js';

/** As the table of publications says. */
export interface Publication {
  readonly entries: number;
  /** At least so many were sent. */
  readonly messages: number;
}

export async function publications(manager: EntityManager): Promise<ReadonlyMap<string, Publication>> {
  const rows = await manager.query<{ log: string; published: string; messages: string }[]>(
    'SELECT log, published, messages FROM publications',
  );
  return new Map(
    rows.map(({ log, published, messages }) => [log, { entries: Number(published), messages: Number(messages) }]),
  );
}

/**
 * `ends` was asked for after the publication was read. What was sent has an offset, whatever the topic has forgotten since.
 * Answers what is worth knowing and no fault: a crash after the sending leaves the count behind, for ever.
 */
export function checkCount(
  log: LogName,
  { entries, messages }: Publication,
  { sent }: TopicEnds,
  faults: Faults,
): string | undefined {
  const topic = recordedTopic(log);
  const say = (code: 'count.ahead' | 'count.behind', should: string) =>
    faults.add({ code, where: 'publications', log, index: null, tid: null, says: `messages ${messages}`, should });
  if (messages > sent) say('count.ahead', `at most ${sent}: ${topic} never had more`);
  else if (messages === 0 && entries > 0) say('count.behind', `at least 1, for ${entries} entries that are published`);
  else if (messages < sent)
    return (
      `publications: ${log} counts ${messages} messages, and ${topic} has had ${sent}. It was set back, or a crash came ` +
      'between the two, or the log was published again for a view.'
    );
  return undefined;
}
