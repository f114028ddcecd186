// What a change of alerts means for contacts: who is to be told of what, and by when. Pure.

import type { PartyId } from '@unbroken/tokens';
import type { Alert } from '../../alerts/alert.js';
import type { Contact, Contacts } from '../contacts/contact.js';
import { endOfQuiet, isUrgent } from '../contacts/quiet-hours.js';

/** Why somebody is told. */
export const changes = ['raised', 'resolved', 'escalated', 'assigned'] as const;
export type Change = (typeof changes)[number];

/** One contact to be told of one alert. */
export interface Notice {
  readonly alert: Alert;
  readonly contact: Contact;
  readonly change: Change;
  /** Milliseconds. */
  readonly dueAt: number;
}

/** One contact that passes an alert on if nobody has acknowledged it by then. */
export interface Escalation {
  readonly alert: string;
  readonly party: PartyId;
  readonly contact: string;
  /** Milliseconds. */
  readonly dueAt: number;
}

/** What comes together within so long of the first is one message from the beginning. */
const GATHERING_MS = 2_000;

/** Everybody who wants to hear that this alert is raised; `now` in milliseconds. */
export const noticesOfRaised = (alert: Alert, contacts: Contacts, now: number): Notice[] =>
  alert.parties
    .flatMap((party) => contacts.of(party))
    .filter((contact) => !contact.escalatedOnly && wants(contact, alert))
    .map((contact) => noticeOf('raised', alert, contact, now));

/** Due at once but for quiet hours; `now` in milliseconds. */
export function noticeOf(change: Change, alert: Alert, contact: Contact, now: number): Notice {
  const gathered = now + GATHERING_MS;
  const { quiet } = contact;
  const waits = quiet !== null && !isUrgent(alert.code, alert.severity);
  return { alert, contact, change, dueAt: waits ? endOfQuiet(quiet, gathered) : gathered };
}

/** Where the contact passes on what nobody acknowledges; its time runs from when it is told, so never from within its night. */
export const escalationOf = ({ alert, contact, dueAt }: Notice): Escalation[] =>
  contact.escalate === null
    ? []
    : [{ alert: alert.id, party: contact.party, contact: contact.id, dueAt: dueAt + contact.escalate.after * 60_000 }];

const wants = ({ severities, codes }: Contact, { severity, code }: Alert): boolean =>
  severities.includes(severity) &&
  codes.some((wanted) => (wanted.endsWith('*') ? code.startsWith(wanted.slice(0, -1)) : wanted === code));
