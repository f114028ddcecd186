// An incident as the command shows it: what it is, how its clock stands, and everything said and done.

import type { Incident, IncidentClock, IncidentFile } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import { actWords } from './act-words.js';
import { ago, moment } from './moment.js';
import type { Session } from './session.js';

export function incidentLines({ paint, around }: Session, incident: Incident): string[] {
  const { id, kind, code, alerts, openAlerts, shipments, shipmentCount, state, held, openedAt } = incident;
  const opened = Date.parse(openedAt);
  const what = kind === 'storm' ? `Storm of ${code ?? 'alerts'}` : 'Incident';
  const more = shipmentCount > 3 ? ` and ${shipmentCount - 3} more` : '';
  return [
    `${state === 'open' ? paint.alarm('!') : '·'} ${paint.strong(`${what}: ${shipmentCount} ${shipmentCount === 1 ? 'parcel' : 'parcels'}, ${openAlerts} of ${alerts} alerts open`)}`,
    `  ${state === 'open' ? 'open, since' : `${state}; it was opened`} ${moment(opened)}, ${ago(around.now() - opened)}${held ? '; its chains are held' : ''}`,
    `  ${clockLine(incident.clock, around.now())}`,
    `  ${shipments.slice(0, 3).map(formatShipmentId).join(', ')}${more}`,
    `  ${paint.quiet(id)}`,
  ];
}

const HOUR_MS = 3_600_000;

function clockLine({ controllerAware, processorAware, due, stopped }: IncidentClock, now: number): string {
  if (stopped !== null) {
    const how =
      stopped.how === 'notified' ? `Notified to ${stopped.authority ?? 'the authority'}` : 'Not to be notified';
    const under = stopped.reference === undefined ? '' : `, reference ${stopped.reference}`;
    return `${how}${under}, ${moment(Date.parse(stopped.at))}: ${stopped.reason}`;
  }
  if (due !== null) {
    const hours = Math.floor((Date.parse(due) - now) / HOUR_MS);
    const aware =
      controllerAware === null ? '' : `; the controller is aware since ${moment(Date.parse(controllerAware))}`;
    return hours >= 0
      ? `Clock: ${hours} of 72 hours are left, until ${moment(Date.parse(due))}${aware}`
      : `Clock: the 72 hours are over since ${-hours} hours, at ${moment(Date.parse(due))}${aware}`;
  }
  return (controllerAware ?? processorAware) === null
    ? 'Clock: nobody has started it'
    : 'Clock: the processor is aware; the controller is to be told without delay';
}

/** Where to read what the authority was to be told. */
export const phaseLines = ({ id, phases }: IncidentFile): string[] =>
  phases === 0
    ? []
    : [
        `  What was fixed to be told: \`unbroken incident draft ${id} --phase ${phases}\`${phases === 1 ? '' : ', and the phases before it'}`,
      ];

/** Each with whoever's key showed it, and why. */
export const fileLines = ({ paint }: Session, { file }: IncidentFile): string[] =>
  file.map((entry) => {
    const { no, at, by, kid, person, reason } = entry;
    const shown = kid === null ? '' : ` (${person === null ? '' : `${person}, `}key ${kid.slice(0, 8)})`;
    return `  ${no}. ${moment(Date.parse(at))} ${by ?? 'by itself'}${shown}: ${actWords(entry)}. ${paint.quiet(reason)}`;
  });
