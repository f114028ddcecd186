// A line of an incident's file in words: what was done, and all that was said with it.

import { notificationItems } from '@unbroken/contracts';
import type { FileEntry, IncidentAct } from '@unbroken/contracts';
import { itemWords } from '@unbroken/words';
import { moment } from './moment.js';

type Detail = FileEntry['detail'];

const words: Readonly<Record<IncidentAct['act'] | 'open', (detail: Detail) => string>> = {
  open: ({ alerts }) => (typeof alerts === 'number' ? `opened it, with ${alertsOf(alerts)}` : 'opened it'),
  join: ({ alerts }) => `added ${Array.isArray(alerts) ? alertsOf(alerts.length) : 'alerts'}`,
  acknowledge: () => 'acknowledged its alerts',
  clock: ({ aware, at }) => `started the clock: the ${said(aware)} is aware since ${momentSaid(at)}`,
  phase: ({ items, said: told }) => {
    const known = notificationItems.filter((item) => memberOf(items, item) !== undefined);
    const own = notificationItems.filter((item) => memberOf(told, item) !== undefined);
    const whose = own.length === 0 ? '' : `; in their words: ${listOf(own)}`;
    return `fixed a phase of the draft, which tells: ${listOf(known)}${whose}`;
  },
  notified: ({ authority, reference }) => {
    const under = reference === undefined ? 'without a reference' : `under the reference ${said(reference)}`;
    return `notified ${said(authority)}, ${under}: the clock stopped`;
  },
  'not-notified': () => 'decided not to notify the authority: the clock stopped',
  'people-told': ({ how }) => `told the people concerned: ${said(how)}`,
  hold: () => 'put its chains under legal hold',
  'release-hold': () => 'released the legal hold',
  note: ({ text }) => `noted: ${said(text)}`,
  close: () => 'closed it',
};

/** An act of a newer hub stands for itself. */
export const actWords = ({ act, detail }: FileEntry): string =>
  (words as Readonly<Record<string, (detail: Detail) => string>>)[act]?.(detail) ?? act;

const alertsOf = (count: number): string => `${count} ${count === 1 ? 'alert' : 'alerts'}`;

const listOf = (items: readonly (keyof typeof itemWords)[]): string =>
  items.map((item) => itemWords[item]).join(', ') || 'nothing that is left here';

/** What was erased is not there. */
const said = (value: unknown): string => (typeof value === 'string' ? value : '(erased)');

const momentSaid = (value: unknown): string =>
  typeof value === 'string' ? moment(Date.parse(value)) : 'an unknown time';

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
