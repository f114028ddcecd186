// What the alerts service says and is told: bodies under /alerts/v1 and the values of custody.alerts.v1 (docs/protocol,
// sections 5, 7 and 8).

import { findingCodes } from '@unbroken/custody';
import type { FindingCode } from '@unbroken/custody';
import { isShipmentId, patterns, readShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import { z } from 'zod';
import { line } from './written.js';

const party = z.string().regex(patterns.partyId, 'is not a party id') as unknown as z.ZodType<PartyId, PartyId>;
const token = z.string().regex(patterns.hash) as unknown as z.ZodType<TokenId, TokenId>;
const time = z.iso.datetime({ precision: 3 });
const RECORD_SUBJECT =
  /^[a-z0-9][a-z0-9.-]{1,62}\/(?:registry|custody\/\d{1,6}|audit|promises|pipeline\/[a-z0-9][a-z0-9-]{1,38}[a-z0-9]|incident\/[0-9a-f-]{36})$/;

/**
 * What an alert that is about no parcel is about: a log, by its origin; the audit or the promises of a deployment, a party's
 * pipeline, or an incident in it.
 */
export type RecordSubject = string & { readonly brand: 'RecordSubject' };
export const isRecordSubject = (text: unknown): text is RecordSubject =>
  typeof text === 'string' && RECORD_SUBJECT.test(text);

/** @throws RangeError for what is none */
export function readRecordSubject(text: string): RecordSubject {
  if (isRecordSubject(text)) return text;
  throw new RangeError(`${text} is neither a log nor an audit, promises, a pipeline or an incident`);
}

/** What alerts about an incident are about. */
export const incidentSubject = (deployment: string, id: string): RecordSubject =>
  readRecordSubject(`${deployment}/incident/${id}`);

/** What an alert is about: a shipment, or the record itself. No shipment id has a slash. */
export type AlertSubject = ShipmentId | RecordSubject;
const subject = z.string().refine((text) => isShipmentId(text) || isRecordSubject(text)) as unknown as z.ZodType<
  AlertSubject,
  AlertSubject
>;

/** What is wrong with a parcel's chain, and what is wrong with the record itself. */
export const recordCodes = ['log.split-view', 'log.stalled', 'log.tampered', 'pipeline.silent'] as const;
/** What is to be done about an incident, and by when: told to the party whose incident it is. */
export const incidentCodes = ['incident.clock'] as const;
export const alertCodes = [...findingCodes, ...recordCodes, ...incidentCodes] as const;
export type AlertCode = (typeof alertCodes)[number];

/** How much an alert weighs, the heaviest first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const alertStates = ['raised', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

const facts = {
  id: z.uuid(),
  code: z.enum(alertCodes),
  severity: z.enum(severities),
  sub: subject,
  /** The token that the finding is about; of the record, a hash of what shows it or was found, or the token overdue first. */
  tid: token,
  raisedAt: time,
  state: z.enum(alertStates),
  /** Everybody who is told: sender, responsible party, consignee and the actual holder when it was raised. */
  parties: z.array(party),
  responsible: party.nullable(),
  /** For a missed deadline: when it fell due. */
  dueAt: time.optional(),
  /** A missed deadline that was noticed long after it fell due, because nobody was there to notice. */
  late: z.literal(true).optional(),
};

/** Whose task somebody made it. */
const assigned = z.object({ to: party, by: party, at: time });
/** Who decided it; `by` null: it resolved itself, because the finding no longer holds. */
const acknowledged = z.object({ by: party, at: time });
const resolved = z.object({ by: party.nullable(), at: time });

/**
 * The value of custody.alerts.v1: an alert with its present state. It carries no free text, because topics are kept
 * where nothing can be erased.
 */
export const alertRecord = z.object({
  ...facts,
  assigned: assigned.optional(),
  acknowledged: acknowledged.optional(),
  resolved: resolved.optional(),
});
export type AlertRecord = z.infer<typeof alertRecord>;

/** What is wrong with a parcel's chain is about a parcel; the rest is about the record. */
export interface AboutParcel {
  readonly sub: ShipmentId;
  readonly code: FindingCode;
}

/** Whether the alert is about a parcel. */
export const isAboutParcel = <A extends Pick<AlertRecord, 'sub' | 'code'>>(alert: A): alert is A & AboutParcel =>
  isShipmentId(alert.sub);

/** The key of custody.alerts.v1: each alert keeps its last state when the topic is compacted. */
export const alertKey = ({ sub, id }: Pick<AlertRecord, 'sub' | 'id'>): string => `${sub}/${id}`;

const shownReason = { reason: z.string() };

/** One alert as `GET /alerts/v1/alerts` shows it. */
export const alert = z.object({
  ...facts,
  /** `contact`: which of the party's contacts it was given to. */
  assigned: assigned.extend({ contact: z.string().optional(), ...shownReason }).optional(),
  acknowledged: acknowledged.extend(shownReason).optional(),
  resolved: resolved.extend(shownReason).optional(),
  /** What happened, in words. */
  sentence: z.string(),
  /** What to do now, step by step. */
  next: z.array(z.string()),
  /** Which contacts were told, in words; absent where nobody is to be told. */
  notified: z.string().optional(),
});
export type Alert = z.infer<typeof alert>;

export const alertsPage = z.object({ alerts: z.array(alert), cursor: z.string().nullable() });
export type AlertsPage = z.infer<typeof alertsPage>;

/** The query of `GET /alerts/v1/alerts`; `open` is what is raised or acknowledged, newest first. */
export const alertsQuery = z.strictObject({
  state: z.enum(['open', ...alertStates, 'all']).default('open'),
  /** With or without dashes, in upper or lower case. */
  sub: z
    .string()
    .transform((typed, context): AlertSubject => {
      const sub = readShipmentId(typed) ?? (isRecordSubject(typed) ? typed : null);
      if (sub === null) context.addIssue({ code: 'custom', message: 'is not a shipment id, nor the name of a log' });
      return sub ?? z.NEVER;
    })
    .optional(),
  /** Only alerts that this party is told. */
  party: party.optional(),
  /** Where the page before ended. */
  cursor: z.string().max(100).optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'is not a number from 1 to 500')
    .transform(Number)
    .refine((limit) => limit <= 500, 'is not a number from 1 to 500')
    .default(50),
});
export type AlertsQuery = z.infer<typeof alertsQuery>;

/**
 * The body of `POST /alerts/v1/split-views`: two notes of one log that contradict each other, and between two sizes the
 * proof that the newer one does not begin with the older (base64, 32 bytes each).
 */
export const splitViewReport = z.strictObject({
  first: z.string().max(20_000),
  second: z.string().max(20_000),
  proof: z.array(z.string().max(44)).max(64),
});
export type SplitViewReport = z.infer<typeof splitViewReport>;

/** The body of `POST …/acknowledge` and `…/resolve`: who decided it, and why. */
export const alertDecision = z.strictObject({ by: party, reason: line });
export type AlertDecision = z.infer<typeof alertDecision>;

/** The body of `POST …/assign`: whose task it is from now on, and why. A contact is told. */
export const alertAssignment = z.strictObject({
  by: party,
  to: party,
  contact: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not the id of a contact')
    .optional(),
  reason: line,
});
export type AlertAssignment = z.infer<typeof alertAssignment>;

/** How one contact was, or will be, told of an alert. Contacts have no names here: see the operator's file. */
export const notification = z.object({
  /** The same in every attempt; a webhook carries it as `webhook-id`. */
  id: z.uuid(),
  party,
  contact: z.string(),
  kind: z.enum(['email', 'webhook']),
  change: z.enum(['raised', 'resolved', 'escalated', 'assigned']),
  /** `dropped`: there was nothing left to tell when it was due. */
  state: z.enum(['waiting', 'sending', 'delivered', 'failed', 'dropped']),
  /** How many alerts the message tells of. */
  alerts: z.int(),
  dueAt: time,
  attempts: z.array(z.object({ at: time, outcome: z.string() })),
  /** When it is tried next, while it is. */
  nextAt: time.optional(),
});
export type Notification = z.infer<typeof notification>;

/** `GET …/notifications`; `summary` in words. */
export const notificationsAnswer = z.object({ summary: z.string(), notifications: z.array(notification) });
export type NotificationsAnswer = z.infer<typeof notificationsAnswer>;
