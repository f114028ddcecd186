// An incident as the command shows it: what it is, how its clock stands, and everything said and done.

import type { Incident, IncidentClock, IncidentFile } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
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
    return `${how}: ${stopped.reason}`;
  }
  if (due !== null) {
    const hours = Math.floor((Date.parse(due) - now) / HOUR_MS);
    return hours >= 0 ? `Clock: ${hours} of 72 hours are left` : `Clock: the 72 hours are over since ${-hours} hours`;
  }
  return (controllerAware ?? processorAware) === null
    ? 'Clock: nobody has started it'
    : 'Clock: the processor is aware; the controller is to be told without delay';
}

export const fileLines = ({ paint }: Session, { file }: IncidentFile): string[] =>
  file.map(
    ({ no, at, by, act, reason }) =>
      `  ${no}. ${moment(Date.parse(at))} ${by ?? 'by itself'}: ${act}. ${paint.quiet(reason)}`,
  );
