// unbroken alerts --follow: tells each alert once, also across a restart of the hub.

import type { Alert } from '@unbroken/contracts';
import type { ShipmentId } from '@unbroken/tokens';
import { HubProblem, HubUnreachable } from '../client/hub-errors.js';
import { alertLines } from './alert-lines.js';
import { moment } from './moment.js';
import type { Session } from './session.js';

const POLL_MS = 1000;
const LONGEST_BACKOFF_MS = 30_000;
/** As many as are looked at in one go. */
export const MOST_ALERTS = 200;

/**
 * Watches until the process ends. A hub that goes away is waited for; one that does not answer at the beginning is not.
 * @throws HubUnreachable where it never answered; HubProblem where it says no
 */
export async function followAlerts(session: Session, sub: ShipmentId | undefined): Promise<never> {
  const told = new Set<string>();
  let failures = 0;
  let watching = false;
  for (;;) {
    try {
      const fresh = await untold(session, sub, watching ? told : undefined);
      if (!watching) say(session, 'Watching; Ctrl-C ends it.');
      if (failures > 0) say(session, `${moment(session.around.now())}: ${session.client.url} answers again.`);
      [failures, watching] = [0, true];
      await tell(session, fresh, told);
    } catch (error) {
      if (!watching || !isAway(error)) throw error;
      failures += 1;
      if (failures === 1) say(session, `${moment(session.around.now())}: ${lost(session)}`);
    }
    await session.around.pause(Math.min(POLL_MS * 2 ** failures, LONGEST_BACKOFF_MS));
  }
}

const lost = ({ client }: Session): string =>
  `no hub answers at ${client.url}. It is asked again and again; nothing is missed meanwhile.`;

/** Restarting, or behind a proxy that finds it so. */
const isAway = (error: unknown): boolean =>
  error instanceof HubUnreachable || (error instanceof HubProblem && error.status >= 500);

/**
 * The open alerts that were not told yet, oldest first; at the beginning, where nothing was told, the newest of them. They
 * come newest first, so that one already told ends the search.
 */
async function untold(session: Session, sub: ShipmentId | undefined, told?: ReadonlySet<string>): Promise<Alert[]> {
  const filter = { state: 'open', limit: MOST_ALERTS, ...(sub === undefined ? {} : { sub }) } as const;
  const fresh: Alert[] = [];
  let cursor: { readonly cursor?: string } = {};
  for (;;) {
    const page = await session.client.alerts({ ...filter, ...cursor });
    const unknown = page.alerts.filter(({ id }) => told?.has(id) !== true);
    fresh.push(...unknown);
    if (told === undefined || page.cursor === null || unknown.length < page.alerts.length) return fresh.toReversed();
    cursor = { cursor: page.cursor };
  }
}

async function tell(session: Session, alerts: readonly Alert[], told: Set<string>): Promise<void> {
  const lines = await alertLines(session, alerts);
  for (const [place, alert] of alerts.entries()) {
    session.tell(alert, lines[place] ?? []);
    told.add(alert.id);
  }
}

/** For people only: what programs read stays one alert a line. */
function say({ options, around }: Session, text: string): void {
  if (options.json !== true) around.err.write(`${text}\n`);
}
