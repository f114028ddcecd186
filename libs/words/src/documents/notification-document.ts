// The notification to the authority (GDPR Art. 33(3), in phases by 33(4)) and the text for the people concerned (Art. 34), from
// the draft of an incident. What nobody has said or computed is called unknown.

import type { NotificationDraft, NotificationItem } from '@unbroken/contracts';
import { notificationItems } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import { findingSentence } from '../finding-sentence.js';
import type { NameOf } from '../name-of.js';
import type { Part, PlainDocument } from './document.js';
import { said } from './document.js';

const UNKNOWN = 'Unknown so far.';

/** Each with where the law asks for it. */
const asked: Readonly<Record<NotificationItem, string>> = {
  nature: 'Nature of the breach, Art. 33(3)(a)',
  peopleCategories: 'Categories of people, 33(3)(a)',
  peopleNumber: 'Number of people, about, 33(3)(a)',
  recordCategories: 'Categories of records, 33(3)(a)',
  recordNumber: 'Number of records, about, 33(3)(a)',
  contact: 'Contact point, 33(3)(b)',
  consequences: 'Likely consequences, 33(3)(c)',
  measures: 'Measures, 33(3)(d)',
};

/** Each as it is named within a sentence. */
export const itemWords: Readonly<Record<NotificationItem, string>> = {
  nature: 'nature',
  peopleCategories: 'categories of people',
  peopleNumber: 'number of people',
  recordCategories: 'categories of records',
  recordNumber: 'number of records',
  contact: 'contact point',
  consequences: 'likely consequences',
  measures: 'measures',
};

/** The draft as it is now, or `phase` (from 1 on) as it was fixed. @throws RangeError where there is no such phase */
export function notificationDocument(draft: NotificationDraft, name: NameOf, phase?: number): PlainDocument {
  const fixed = phase === undefined ? undefined : draft.phases[phase - 1];
  if (phase !== undefined && fixed === undefined) throw new RangeError(`there is no phase ${phase} of the draft`);
  const { incident } = draft;
  const valueOf = (item: NotificationItem) =>
    fixed === undefined ? (draft.items[item].said ?? draft.items[item].computed) : fixed.items[item];
  const which = fixed === undefined ? 'Draft, not fixed' : `Phase ${fixed.no}, fixed ${minute(fixed.at)}`;
  return {
    title: 'Notification of a personal data breach to the supervisory authority',
    foot: `Incident ${incident.id} · ${which} · GDPR Art. 33`,
    sections: [
      { heading: 'Who and when', parts: whoAndWhen(draft, name, which) },
      {
        heading: 'What the law asks for',
        parts: notificationItems.map((item) => said(asked[item], valueOf(item) ?? UNKNOWN)),
      },
      { heading: 'Still unknown', parts: unknown(notificationItems.filter((item) => valueOf(item) === null)) },
      { heading: 'Phases', parts: phasesOf(draft) },
    ],
  };
}

function whoAndWhen({ controller, incident }: NotificationDraft, name: NameOf, which: string): Part[] {
  const { controllerAware, processorAware, due, stopped } = incident.clock;
  return [
    said('This is', which),
    said('Controller', name(controller)),
    said('Aware since', controllerAware === null ? UNKNOWN : minute(controllerAware)),
    ...(processorAware === null ? [] : [said('Processor aware since', minute(processorAware))]),
    ...(due === null ? [] : [said('72 hours end', minute(due))]),
    ...(stopped?.how === 'notified'
      ? [
          said(
            'Notified',
            `${minute(stopped.at)}, to ${stopped.authority ?? 'the authority'}${stopped.reference === undefined ? '' : `, ${stopped.reference}`}`,
          ),
        ]
      : []),
    said(
      'Parcels',
      incident.shipments
        .slice(0, 10)
        .map((sub) => formatShipmentId(sub))
        .join(', ') + (incident.shipmentCount > 10 ? ` and ${incident.shipmentCount - 10} more` : ''),
    ),
  ];
}

const unknown = (items: readonly NotificationItem[]): Part[] =>
  items.length === 0
    ? [{ text: 'Nothing that the law asks for.' }]
    : [
        { text: `Unknown: ${items.map((item) => itemWords[item]).join(', ')}.`, look: 'alarm' },
        { text: 'It follows in a later phase, without undue further delay (Art. 33(4)).' },
      ];

function phasesOf({ phases }: NotificationDraft): Part[] {
  if (phases.length === 0) return [{ text: 'None is fixed yet.' }];
  // Why it was fixed is written for the party's own file, and is not the authority's to read.
  return phases.map(({ no, at, changed }) =>
    said(
      `Phase ${no}, ${minute(at)}`,
      `${no === 1 ? 'Told' : 'Changed since'}: ${changed.map((item) => itemWords[item]).join(', ') || 'nothing'}.`,
    ),
  );
}

/** In plain words, to the people whom the records are about (Art. 34(2)); nothing in it names any of them. */
export function peopleDocument(draft: NotificationDraft, name: NameOf): PlainDocument {
  const { items, incident, controller } = draft;
  // What is computed for the authority is in the words of the file; to people only what somebody has put in theirs is told.
  const words = (item: NotificationItem, plainly = 'We do not know yet.') => items[item].said ?? plainly;
  return {
    title: 'Your data may have been seen by somebody who was not meant to see it',
    foot: `${name(controller)} · Incident ${incident.id} · GDPR Art. 34`,
    sections: [
      {
        heading: 'What happened',
        parts: [
          { text: `${name(controller)} is responsible for data about you. Something went wrong with it.` },
          { text: words('nature', happened(draft)) },
        ],
      },
      {
        heading: 'What it is about',
        parts: [
          said('Who is concerned', words('peopleCategories')),
          said('How many people, about', words('peopleNumber')),
          said('Which data', words('recordCategories')),
        ],
      },
      {
        heading: 'What this can mean for you',
        parts: [
          { text: words('consequences', 'Whether anybody has read or copied it, we do not know yet.') },
          { text: 'Nobody can show that no copy was made.' },
        ],
      },
      {
        heading: 'What we have done',
        parts: [{ text: words('measures', 'We are finding out what happened, and keep a record of it.') }],
      },
      { heading: 'Whom you can ask', parts: [{ text: words('contact') }] },
    ],
  };
}

function happened({ incident: { shipmentCount, code } }: NotificationDraft): string {
  const parcels = shipmentCount === 1 ? 'It concerns one parcel.' : `It concerns ${shipmentCount} parcels.`;
  const sentence = code === null ? undefined : findingSentence(code);
  // A code that has no sentence is nobody's plain language.
  return sentence === undefined || sentence === code ? parcels : `${parcels} ${sentence}`;
}

const minute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;
