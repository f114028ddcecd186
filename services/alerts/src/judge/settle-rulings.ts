// Makes rulings come true: alerts raised, alerts that resolve themselves, deadlines followed, and all of it announced,
// in the transaction of whoever ruled. A crash before its commit keeps nothing, and the same entries come again.

import type { RegistryView } from '@unbroken/chains';
import { deadlineCodes, deadlines } from '@unbroken/custody';
import type { AlertCode } from '@unbroken/contracts';
import type { EntityManager } from 'typeorm';
import { alertId } from '../alerts/alert-id.js';
import type { Alert, Holding } from '../alerts/alert.js';
import type { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { resolveByThemselves } from '../alerts/decide-alerts.js';
import { openAlerts } from '../alerts/find-alerts.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { keptDeadlines, writeDeadlines } from '../deadlines/deadline-store.js';
import { followDeadlines } from '../deadlines/follow-deadlines.js';
import { withOneFinder } from './one-finder.js';
import type { Ruling } from './ruling.js';
import { endWaiting } from './waiting-refusals.js';

/** Findings that do not follow from a chain at once, so that judging the chain says nothing about them. */
const NOT_JUDGED: ReadonlySet<AlertCode> = new Set<AlertCode>([...deadlineCodes, 'token.refused']);

/** What somebody might sign away afterwards, with an earlier time: a person looks at it and resolves it with a reason. */
const FOR_PEOPLE: ReadonlySet<AlertCode> = new Set<AlertCode>(['dispatch.unapproved']);

const DISPROVED = 'What was recorded since shows that it no longer holds.';

interface Settling {
  readonly view: Pick<RegistryView, 'context'>;
  readonly outbox: AlertsOutbox;
  readonly now: number;
  /** When what holds was an alert for the first time; now where absent. */
  readonly raisedAt?: (finding: Holding) => number;
}

/** Times in milliseconds. The chains are locked by the caller. Returns the alerts that changed. */
export async function settleRulings(
  manager: EntityManager,
  rulings: readonly Ruling[],
  { view, outbox, now, raisedAt }: Settling,
): Promise<readonly Alert[]> {
  if (rulings.length === 0) return [];
  const holding = [...(await withOneFinder(manager, rulings)), ...(await endWaiting(manager, rulings))];
  const raised = await raiseAlerts(manager, holding, raisedAt ?? now);
  const gone = [...(await disproved(manager, rulings)), ...(await settledDeadlines(manager, rulings, view, now))];
  const resolved = await resolveByThemselves(manager, gone, now);
  const changed = [...raised, ...resolved];
  await outbox.announce(manager, changed);
  return changed;
}

interface Gone {
  readonly id: string;
  readonly reason: string;
}

async function disproved(manager: EntityManager, rulings: readonly Ruling[]): Promise<readonly Gone[]> {
  const complete = rulings.filter((ruling) => ruling.complete);
  const holds = new Set(complete.flatMap(({ holding }) => holding.map(alertId)));
  const open = await openAlerts(
    manager,
    complete.map(({ state }) => state.sub),
  );
  return open
    .filter(({ id, code }) => !NOT_JUDGED.has(code) && !FOR_PEOPLE.has(code) && !holds.has(id))
    .map(({ id }) => ({ id, reason: DISPROVED }));
}

async function settledDeadlines(
  manager: EntityManager,
  rulings: readonly Ruling[],
  { context }: Pick<RegistryView, 'context'>,
  now: number,
): Promise<readonly Gone[]> {
  const kept = await keptDeadlines(
    manager,
    rulings.map(({ state }) => state.sub),
  );
  const followed = rulings.map(({ state }) =>
    followDeadlines(state.sub, kept.get(state.sub) ?? [], deadlines(state, context), now),
  );
  await writeDeadlines(
    manager,
    followed.flatMap(({ changed }) => changed),
  );
  return followed.flatMap(({ settled }) =>
    settled.map((deadline) => ({ id: alertId(deadline), reason: deadline.reason })),
  );
}
