// What the alerts service says and is told of incidents: bodies under /alerts/v1/incidents (docs/protocol, section 8). An
// incident and its file are those of one party; another party concerned keeps its own.

import { patterns } from '@unbroken/tokens';
import type { KeyId, PartyId, ShipmentId } from '@unbroken/tokens';
import { z } from 'zod';
import { alertCodes } from './alerts.js';
import { line, text } from './written.js';

const party = z.string().regex(patterns.partyId, 'is not a party id') as unknown as z.ZodType<PartyId, PartyId>;
const key = z.string().regex(patterns.hash) as unknown as z.ZodType<KeyId, KeyId>;
const shipment = z.string() as unknown as z.ZodType<ShipmentId, ShipmentId>;
const time = z.iso.datetime({ precision: 3 });
/** As people write times: any precision, any zone. */
const saidTime = z.iso.datetime({ offset: true });

const alertIds = z.array(z.uuid()).min(1).max(1_000);

/** Who became aware (GDPR Art. 33(1) and (2)): the 72 hours of the authority run from the controller's. */
export const awareParties = ['controller', 'processor'] as const;

/**
 * What a notification to the authority must hold (GDPR Art. 33(3)), item by item; the numbers are approximate and are what
 * people write, so that "about 5,282,616" stays as it is.
 */
export const notificationItems = [
  'nature',
  'peopleCategories',
  'peopleNumber',
  'recordCategories',
  'recordNumber',
  'contact',
  'consequences',
  'measures',
] as const;
export type NotificationItem = (typeof notificationItems)[number];

const said = z.strictObject(
  Object.fromEntries(notificationItems.map((item) => [item, text.optional()])) as Record<
    NotificationItem,
    z.ZodOptional<typeof text>
  >,
);

/** What a party does about its incident: `POST /alerts/v1/incidents/{id}/acts`. Every act says why. */
export const incidentAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('join'), alerts: alertIds, reason: line }),
  /** Acknowledges every alert of it that nobody has. */
  z.strictObject({ act: z.literal('acknowledge'), reason: line }),
  /** Starts the 72 hours; `at`: since when they were aware, now where absent. */
  z.strictObject({ act: z.literal('clock'), aware: z.enum(awareParties), at: saidTime.optional(), reason: line }),
  /** A draft is fixed as the next phase (Art. 33(4)); what is not said stays as it was said in the phase before. */
  z.strictObject({ act: z.literal('phase'), said, reason: line }),
  /** The authority is notified: the clock stops. */
  z.strictObject({ act: z.literal('notified'), authority: line, reference: line.optional(), reason: line }),
  /** Not to be notified, and why (Art. 33(1), 33(5)): the clock stops. */
  z.strictObject({ act: z.literal('not-notified'), reason: line }),
  /** The people concerned are told (Art. 34), and how. */
  z.strictObject({ act: z.literal('people-told'), how: line, reason: line }),
  z.strictObject({ act: z.literal('hold'), reason: line }),
  z.strictObject({ act: z.literal('release-hold'), reason: line }),
  z.strictObject({ act: z.literal('note'), text, reason: line }),
  z.strictObject({ act: z.literal('close'), reason: line }),
]);
export type IncidentAct = z.infer<typeof incidentAct>;

/** The body of `POST /alerts/v1/incidents`. */
export const incidentOpening = z.strictObject({ alerts: alertIds, reason: line });
export type IncidentOpening = z.infer<typeof incidentOpening>;

/** One line of the file: who did what, when and why. `by` null: the service itself, when a storm began. */
export const fileEntry = z.object({
  no: z.int(),
  at: time,
  by: party.nullable(),
  /** The key that showed who it was, and the opaque reference of its person. */
  kid: key.nullable(),
  person: z.string().nullable(),
  act: z.string(),
  reason: z.string(),
  /** What else was said with it. */
  detail: z.record(z.string(), z.unknown()),
});
export type FileEntry = z.infer<typeof fileEntry>;

export const incidentClock = z.object({
  controllerAware: time.nullable(),
  processorAware: time.nullable(),
  /** 72 hours after the controller was aware. */
  due: time.nullable(),
  stopped: z
    .object({
      how: z.enum(['notified', 'not-notified']),
      at: time,
      reason: z.string(),
      authority: z.string().optional(),
      reference: z.string().optional(),
    })
    .nullable(),
});
export type IncidentClock = z.infer<typeof incidentClock>;

export const incident = z.object({
  id: z.uuid(),
  owner: party,
  /** `storm`: many alerts of one code and one responsible party within minutes. */
  kind: z.enum(['opened', 'storm']),
  code: z.enum(alertCodes).nullable(),
  openedAt: time,
  state: z.enum(['open', 'closed']),
  alerts: z.int(),
  openAlerts: z.int(),
  /** The first hundred of its chains. */
  shipments: z.array(shipment),
  shipmentCount: z.int(),
  held: z.boolean(),
  clock: incidentClock,
  phases: z.int(),
});
export type Incident = z.infer<typeof incident>;

export const incidentsAnswer = z.object({ incidents: z.array(incident) });

/** `GET …/{id}`: with everything said and done. */
export const incidentFile = incident.extend({ file: z.array(fileEntry) });
export type IncidentFile = z.infer<typeof incidentFile>;

/** An item of the draft: a person's words, what is computed from the chains, or unknown. */
export const draftItem = z.object({
  said: z.string().nullable(),
  computed: z.string().nullable(),
});

/** `GET …/{id}/draft`: the notification as it stands now, and the phases that were fixed. */
export const notificationDraft = z.object({
  incident,
  controller: party,
  items: z.record(z.enum(notificationItems), draftItem),
  phases: z.array(
    z.object({
      no: z.int(),
      at: time,
      reason: z.string(),
      items: z.record(z.enum(notificationItems), z.string().nullable()),
      /** What differs from the phase before; all that is known, in the first. */
      changed: z.array(z.enum(notificationItems)),
    }),
  ),
});
export type NotificationDraft = z.infer<typeof notificationDraft>;

/** `GET /alerts/v1/incidents/register`: every incident of the party, notified or not, and why (GDPR Art. 33(5)). */
export const incidentRegister = z.object({
  party,
  incidents: z.array(z.object({ incident, facts: z.string(), effects: z.string(), measures: z.string() })),
});
export type IncidentRegister = z.infer<typeof incidentRegister>;

/** `GET /alerts/v1/holds/{sub}`: whether erasure must leave the chain alone. */
export const holdAnswer = z.object({ sub: shipment, held: z.boolean() });
export type HoldAnswer = z.infer<typeof holdAnswer>;
