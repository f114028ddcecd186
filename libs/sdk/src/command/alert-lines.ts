// An alert as the command shows it: what happened, who is responsible, what to do now.

import type { Alert } from '@unbroken/contracts';
import { formatShipmentId, isShipmentId } from '@unbroken/tokens';
import { namesOf } from '../words/names.js';
import type { NameOf } from '../words/names.js';
import { ago, moment } from './moment.js';
import type { Session } from './session.js';

/** The lines of each alert, with the names of the parties in it. */
export async function alertLines(session: Session, alerts: readonly Alert[]): Promise<string[][]> {
  const named = alerts.flatMap(({ responsible, assigned }) => [
    ...(responsible === null ? [] : [responsible]),
    ...(assigned === undefined ? [] : [assigned.to]),
  ]);
  const name = await namesOf(session.client, named);
  return alerts.map((alert) => linesOf(session, alert, name));
}

function linesOf({ paint, around }: Session, alert: Alert, name: NameOf): string[] {
  const raised = Date.parse(alert.raisedAt);
  const subject = isShipmentId(alert.sub) ? formatShipmentId(alert.sub) : alert.sub;
  const seen = alert.state === 'acknowledged' ? `, acknowledged by ${alert.acknowledged?.by ?? 'somebody'}` : '';
  return [
    `${paint.alarm('!')} ${paint.strong(alert.sentence)}`,
    `  ${subject}, ${moment(raised)}, ${ago(around.now() - raised)}; ${name(alert.responsible)} is responsible${seen}`,
    ...(alert.assigned === undefined ? [] : [`  task of ${taskOf(alert.assigned, name)}`]),
    ...(alert.notified === undefined ? [] : [`  ${alert.notified}`]),
    ...alert.next.map((step, place) => `  ${place + 1}. ${step}`),
    `  ${paint.quiet(`${alert.code} ${alert.severity} ${alert.id}`)}`,
  ];
}

const taskOf = ({ to, contact }: NonNullable<Alert['assigned']>, name: NameOf): string =>
  contact === undefined ? name(to) : `${name(to)} (${contact})`;
