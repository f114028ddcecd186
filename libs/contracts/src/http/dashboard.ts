// What people look at: open chains, one chain, and the stream that keeps both true, under /dashboard/v1 (docs/protocol,
// section 8). Parties come with their names, findings with their sentences, so that a page needs no other source.

import { findingCodes, keyUses } from '@unbroken/custody';
import { z } from 'zod';
import { severities } from './alerts.js';

const time = z.iso.datetime({ precision: 3 });

/**
 * `name` is the registered one without what turns the direction of text around; the id again where nobody of that id is
 * known.
 */
const party = z.object({ id: z.string(), name: z.string() });
export type NamedParty = z.infer<typeof party>;

/**
 * What is wrong with chains, the worst first. Every chain is counted in the first that holds; one that has ended is in
 * no other hands, not lost and not late any more. `breach`: something is open that may be a breach to notify, and the
 * law counts hours.
 */
export const chainGroups = [
  'wrong-hands',
  'lost',
  'breach',
  'disputed',
  'late',
  'to-look-at',
  'on-the-way',
  'closed',
] as const;
export type ChainGroup = (typeof chainGroups)[number];

/** An open finding, in words; `alert` is its id under /alerts/v1. */
export const shownFinding = z.object({
  alert: z.uuid(),
  code: z.enum(findingCodes),
  severity: z.enum(severities),
  raisedAt: time,
  acknowledged: z.boolean(),
  sentence: z.string(),
  /** What to do now, step by step. */
  next: z.array(z.string()),
});
export type ShownFinding = z.infer<typeof shownFinding>;

/** One line of the table. */
export const chainRow = z.object({
  sub: z.string(),
  /** The newest change of this row in the stream's own count. */
  change: z.int(),
  group: z.enum(chainGroups),
  status: z.string(),
  from: party.nullable(),
  to: party.nullable(),
  holder: party.nullable(),
  /** When the holder took it. */
  heldSince: time.nullable(),
  responsible: party.nullable(),
  /** Offered to, and since when; null while nothing is offered. */
  offer: z.object({ to: party, since: time, mode: z.enum(['meet', 'collect', 'drop']) }).nullable(),
  kind: z.string().nullable(),
  class: z.string().nullable(),
  pieces: z.int().nullable(),
  /** Numbers that others know it by, such as a carrier's. */
  refs: z.array(z.object({ scheme: z.string(), number: z.string() })),
  due: time.nullable(),
  /** The worst open finding, how many there are, and how many of them nobody has acknowledged. */
  worst: shownFinding.nullable(),
  findings: z.int().min(0),
  unseen: z.int().min(0),
  /** When the newest token of it was recorded. */
  updatedAt: time,
});
export type ChainRow = z.infer<typeof chainRow>;

/** How many chains are in each group. */
export const groupCounts = z.record(z.enum(chainGroups), z.int().min(0));
export type GroupCounts = z.infer<typeof groupCounts>;

/**
 * The query of GET /dashboard/v1/chains. Without `group`: every chain but those in `closed`; where `q` searches, those
 * too, for somebody who types an id wants that chain.
 */
export const chainsQuery = z.strictObject({
  group: z.enum(chainGroups).optional(),
  /** Any shipment id, seal, carrier number or party name, or the beginning of one. */
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, 'holds characters that cannot be printed')
    .optional(),
  /** Only chains that this party has to do with. */
  party: z.string().max(100).optional(),
  /** Where the page before ended. */
  after: z.string().max(200).optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'is not a number from 1 to 500')
    .transform(Number)
    .refine((limit) => limit <= 500, 'is not a number from 1 to 500')
    .default(100),
});
export type ChainsQuery = z.infer<typeof chainsQuery>;

/** GET /dashboard/v1/chains: worst first. */
export const chainsPage = z.object({
  chains: z.array(chainRow),
  counts: groupCounts,
  /** For the next page; null on the last. */
  cursor: z.string().nullable(),
  /** As of this change; GET /dashboard/v1/stream with it as `Last-Event-ID` tells what has changed since. */
  change: z.int(),
});
export type ChainsPage = z.infer<typeof chainsPage>;

/** How a seal was last seen; `by` and `at` of whoever saw it. */
export const shownSeal = z.object({
  id: z.string(),
  state: z.enum(['intact', 'broken', 'missing', 'other']),
  by: party.nullable(),
  at: time.nullable(),
});
export type ShownSeal = z.infer<typeof shownSeal>;

/** One recorded token in its place. */
export const timelineEntry = z.object({
  tid: z.string(),
  index: z.int(),
  /** The event, or null where the token could not be read. */
  evt: z.string().nullable(),
  by: party.nullable(),
  /** What it says, in one sentence. */
  said: z.string(),
  /** Device time, and where they differ the time it speaks of. */
  signedAt: time.nullable(),
  happenedAt: time.nullable(),
  recordedAt: time,
  /** What kind of key signed it, and what the registry says of that key now. */
  grade: z.enum(['root', ...keyUses]).nullable(),
  key: z.enum(['good', 'suspect', 'revoked']).nullable(),
  kid: z.string(),
  /** On the line, hanging off it, or without effect; see docs/protocol, section 4. */
  place: z.enum(['line', 'remark', 'wrong-hands', 'closed', 'revoked', 'twice', 'malformed', 'gap', 'waiting']),
  /** 0 for the line and the branch recorded first; a rival branch of an unsettled fork has the next number. */
  track: z.int().min(0),
  /** What it follows; null for the first. */
  prev: z.string().nullable(),
  /** A hand-off has two halves: for a release whom it waits for and who answered it, by token. */
  half: z
    .object({
      to: party,
      mode: z.enum(['meet', 'collect', 'drop']),
      answer: z.enum(['open', 'accepted', 'refused', 'withdrawn', 'replaced']),
      answeredBy: z.string().nullable(),
    })
    .nullable(),
  /** Facts of the token that a person would want to read, already in words: label and text. */
  facts: z.array(z.object({ label: z.string(), text: z.string() })),
  seals: z.record(z.string(), z.string()),
  findings: z.array(shownFinding.pick({ code: true, severity: true, sentence: true })),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** GET /dashboard/v1/chains/{sub}: one chain as people read it. The bytes are at /ledger/v1/tokens and …/chains. */
export const chainView = z.object({
  row: chainRow,
  /** The one sentence that matters now, and what to do about it. */
  sentence: z.string(),
  next: z.array(z.string()),
  /** All open findings, the worst first. */
  findings: z.array(shownFinding),
  seals: z.array(shownSeal),
  parties: z.array(party.extend({ part: z.string() })),
  /** Along the line, remarks behind what they hang on, scans among them as they were made, forks track by track. */
  entries: z.array(timelineEntry),
  /** Statements that something recorded refers to and nobody has sent yet. */
  missing: z.array(z.object({ tid: z.string(), neededBy: z.string() })),
});
export type ChainView = z.infer<typeof chainView>;

/**
 * GET /dashboard/v1/stream, server-sent events. `rows`: changed rows, newest state each, with the change they bring the
 * page to as event id; `counts` beside them; `reset`: more has changed than is worth sending, fetch again. Comments
 * every few seconds prove that the line is alive.
 */
export const streamEvents = {
  rows: z.object({ rows: z.array(chainRow), counts: groupCounts }),
  reset: z.object({ change: z.int() }),
} as const;
export type StreamRows = z.infer<typeof streamEvents.rows>;
