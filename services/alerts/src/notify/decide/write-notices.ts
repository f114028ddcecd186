// Notices become messages. A lost van is one message and not a thousand: what is of the same code and change, for the same
// contact, and of the same cause (one responsible party) is gathered into one message as long as that has not gone; and
// from one such message to the next there is a minute; of a storm, which is one incident already, an hour.

import type { EntityManager } from 'typeorm';
import type { Notice } from './notice.js';

const BETWEEN_MESSAGES_S = 60;
const BETWEEN_MESSAGES_OF_A_STORM_S = 3_600;
const NO_STORM: ReadonlySet<string> = new Set();

interface Gathering {
  readonly id: string;
  readonly party: string;
  readonly contact: string;
  readonly change: string;
  readonly code: string;
  readonly cause: string;
}

/** Within the manager's transaction. A crash before its commit keeps nothing; after it they are told when they are due. */
export async function writeNotices(
  manager: EntityManager,
  notices: readonly Notice[],
  stormy = NO_STORM,
): Promise<void> {
  if (notices.length === 0) return;
  // In one order everywhere, so that two transactions never wait for each other; each once, as the statement asks.
  const first = new Map(notices.map((notice) => [groupOf(notice), notice]).reverse() as [string, Notice][]);
  const groups = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, notice]) => notice);
  // Whoever takes a message to send it (dispatch.ts) holds its row: this waits, and then begins another message.
  const rows = await manager.query<Gathering[]>(
    `INSERT INTO notifications AS waiting (party, contact, kind, change, code, cause, due_at)
     SELECT party, contact, kind, change, code, cause, greatest(due_at, (
       SELECT max(before.due_at) + pause_s * interval '1 second' FROM notifications AS before
       WHERE (before.party, before.contact, before.change, before.code, before.cause)
           = (notice.party, notice.contact, notice.change, notice.code, notice.cause)
     ))
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                 $8::integer[])
       AS notice (party, contact, kind, change, code, cause, due_at, pause_s)
     ON CONFLICT (party, contact, change, code, cause) WHERE state = 'waiting' DO UPDATE SET due_at = waiting.due_at
     RETURNING id, party, contact, change, code, cause`,
    [
      groups.map(({ contact }) => contact.party),
      groups.map(({ contact }) => contact.id),
      groups.map(({ contact }) => contact.way.kind),
      groups.map(({ change }) => change),
      groups.map(({ alert }) => alert.code),
      groups.map(causeOf),
      groups.map(({ dueAt }) => new Date(dueAt)),
      groups.map(({ alert }) => (stormy.has(alert.id) ? BETWEEN_MESSAGES_OF_A_STORM_S : BETWEEN_MESSAGES_S)),
    ],
  );
  const ids = new Map(rows.map(({ id, ...group }) => [keyOf(group), id]));
  await manager.query(
    `INSERT INTO notification_alerts (notification, alert)
     SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
    [notices.map((notice) => ids.get(groupOf(notice))), notices.map(({ alert }) => alert.id)],
  );
}

/** Who answers for it: a van's loss is one party's. */
const causeOf = ({ alert }: Notice): string => alert.responsible ?? '';

const groupOf = (notice: Notice): string => {
  const { alert, contact, change } = notice;
  return keyOf({ party: contact.party, contact: contact.id, change, code: alert.code, cause: causeOf(notice) });
};

const keyOf = ({ party, contact, change, code, cause }: Omit<Gathering, 'id'>): string =>
  [party, contact, change, code, cause].join(' ');
