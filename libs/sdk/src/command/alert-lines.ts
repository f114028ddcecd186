// An alert as the command shows it: what happened, who is responsible, what to do now.

import { isAboutParcel } from '@unbroken/contracts';
import type { Alert } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import { namesOf } from '../words/names.js';
import type { NameOf } from '../words/names.js';
import { ago, moment } from './moment.js';
import type { Session } from './session.js';

/** The lines of each alert, with the names of the parties in it. */
export async function alertLines(session: Session, alerts: readonly Alert[]): Promise<string[][]> {
  const responsible = alerts.flatMap((alert) => alert.responsible ?? []);
  const name = await namesOf(session.client, responsible);
  return alerts.map((alert) => linesOf(session, alert, name));
}

function linesOf({ paint, around }: Session, alert: Alert, name: NameOf): string[] {
  const raised = Date.parse(alert.raisedAt);
  const seen = alert.state === 'acknowledged' ? `, acknowledged by ${alert.acknowledged?.by ?? 'somebody'}` : '';
  return [
    `${paint.alarm('!')} ${paint.strong(alert.sentence)}`,
    `  ${isAboutParcel(alert) ? formatShipmentId(alert.sub) : alert.sub}, ${moment(raised)}, ${ago(around.now() - raised)}; ${name(alert.responsible)} is responsible${seen}`,
    ...alert.next.map((step, place) => `  ${place + 1}. ${step}`),
    `  ${paint.quiet(`${alert.code} ${alert.severity} ${alert.id}`)}`,
  ];
}
