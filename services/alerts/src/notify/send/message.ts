// What a contact is told: what is wrong, who holds it, since when, what to do now, and where to look. Sentences are those of
// the page; what people have written themselves, reasons, stays in the house.

import { shownState } from '@unbroken/evidence';
import type { ChainStore, RegistryView } from '@unbroken/chains';
import { isAboutParcel } from '@unbroken/contracts';
import type { Alert as ShownAlert } from '@unbroken/contracts';
import { formatShipmentId, isShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { naming, stateSentence, utcMoment } from '@unbroken/words';
import type { Alert } from '../../alerts/alert.js';
import type { ShowAlerts } from '../../alerts/show-alerts.js';
import type { Change } from '../decide/notice.js';
import type { Letter } from './mail.js';
import { letterOf } from './letter.js';
import type { Paragraph } from './letter.js';

/** So many alerts of a message are told of one by one. */
const LISTED = 5;

export interface MessageParts {
  readonly shown: ShowAlerts;
  readonly chains: Pick<ChainStore, 'getMany'>;
  readonly view: Pick<RegistryView, 'registry'>;
  /** Where people open the page; undefined where nobody has said. */
  readonly page: string | undefined;
}

/** The body of a webhook. */
export interface WebhookBody {
  readonly type: `alert.${Change}`;
  /** When it was put together, ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    /** How many alerts this tells of; `alerts` are the first of them, as GET /alerts/v1/alerts/{id} shows them. */
    readonly count: number;
    readonly ids: readonly string[];
    readonly alerts: readonly ShownAlert[];
  };
}

export class Messages {
  constructor(private readonly parts: MessageParts) {}

  /** `now` in milliseconds; there is at least one alert. */
  async webhook(change: Change, alerts: readonly Alert[], now: number): Promise<WebhookBody> {
    const shown = await this.parts.shown.show(alerts.slice(0, LISTED));
    return {
      type: `alert.${change}`,
      timestamp: new Date(now).toISOString(),
      data: { count: alerts.length, ids: alerts.map(({ id }) => id), alerts: shown.map(withoutReasons) },
    };
  }

  /** There is at least one alert. */
  async letter(change: Change, alerts: readonly Alert[]): Promise<Letter> {
    const { shown, chains, page } = this.parts;
    const listed = alerts.slice(0, LISTED);
    const told = await shown.show(listed);
    const states = await chains.getMany(listed.filter(isAboutParcel).map(({ sub }) => sub));
    const [first] = told;
    if (first === undefined) throw new Error('a message tells of nothing');
    const more = alerts.length - told.length;
    const count = alerts.length === 1 ? '' : ` (${alerts.length} alerts of this kind)`;
    return letterOf(`${subjects[change]}${first.sentence}${count}`, [
      { text: openings[change] },
      ...told.flatMap((alert) => {
        const state = isShipmentId(alert.sub) ? states.get(alert.sub) : undefined;
        const stands =
          state === undefined || state.opening === null ? '' : stateSentence(shownState(state), this.#nameOf);
        return this.#paragraphs(alert, stands);
      }),
      ...(more > 0 ? [{ text: `And ${more} more of this kind, with the same party responsible.` }] : []),
      ...(change === 'resolved' ? [] : [{ text: 'What to do now:', steps: first.next }]),
      page === undefined
        ? { text: 'Open the page and look under Alerts.' }
        : { text: 'All of it:', link: `${page}/alerts` },
    ]);
  }

  #paragraphs({ sentence, sub, raisedAt, responsible, severity }: ShownAlert, stands: string): Paragraph[] {
    const { page } = this.parts;
    const other = sub.includes('/incident/') ? 'The incident' : 'The record';
    const about = isShipmentId(sub) ? `Parcel ${formatShipmentId(sub)}` : `${other}, ${sub}`;
    const since = `since ${utcMoment(Math.floor(Date.parse(raisedAt) / 1000))}`;
    const holds = stands === '' ? `${this.#nameOf(responsible)} is responsible.` : stands;
    return [
      { text: sentence, strong: true },
      {
        text: `${about}, ${severity}, ${since}. ${holds}`,
        ...(page === undefined ? {} : { link: `${page}/alerts?sub=${encodeURIComponent(sub)}` }),
      },
    ];
  }

  readonly #nameOf = naming((party) => this.parts.view.registry.party(party as PartyId)?.name);
}

const subjects: Readonly<Record<Change, string>> = {
  raised: 'Alert: ',
  escalated: 'Nobody has answered yet: ',
  assigned: 'For you: ',
  resolved: 'No longer so: ',
};

const openings: Readonly<Record<Change, string>> = {
  raised: 'Unbroken has noticed something that somebody must look at.',
  escalated:
    'Nobody has acknowledged this in time, so it is passed on to you. Acknowledge it, and others know that you are on it.',
  assigned: 'Somebody has made this your task.',
  resolved: 'You were told of this. What was recorded since shows that it no longer holds.',
};

/** Reasons are people's own words, and what has left the house can be erased no more. */
const withoutReasons = (alert: ShownAlert): ShownAlert => {
  const { assigned, acknowledged, resolved, ...rest } = alert;
  return {
    ...rest,
    ...(assigned && { assigned: { ...assigned, reason: '' } }),
    ...(acknowledged && { acknowledged: { ...acknowledged, reason: '' } }),
    ...(resolved && { resolved: { ...resolved, reason: resolved.by === null ? resolved.reason : '' } }),
  };
};
