// Makes alerts of the deadlines of some chains that have passed, in the transaction of whoever keeps time.

import type { ChainStore } from '@unbroken/chains';
import type { EntityManager } from 'typeorm';
import type { Alert, Holding } from '../alerts/alert.js';
import type { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { partiesTold } from '../alerts/parties-told.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { takeDueDeadlines } from './deadline-store.js';

/** Times in milliseconds. */
interface Raising {
  readonly chains: ChainStore;
  readonly outbox: AlertsOutbox;
  readonly now: number;
  /** What fell due before is late: nobody was there to notice. */
  readonly startedAt: number;
  /** Only what was first heard of then. */
  readonly heardAt?: number;
  /** When it was an alert for the first time; now where absent. */
  readonly raisedAt?: (finding: Holding) => number;
}

export async function raiseDue(
  manager: EntityManager,
  subs: Parameters<ChainStore['getMany']>[0],
  { chains, outbox, now, startedAt, heardAt: only, raisedAt }: Raising,
): Promise<readonly Alert[]> {
  const due = await takeDueDeadlines(manager, subs, now, only);
  if (due.length === 0) return [];
  const states = await chains.getMany(subs, manager);
  const holding = due.flatMap(({ sub, tid, code, at, heardAt }): Holding[] => {
    const state = states.get(sub);
    if (state === undefined) return [];
    const dueAt = new Date(at * 1000);
    const late = dueAt.getTime() < Math.max(heardAt, startedAt);
    const { recordedAt } = state.history.find((recorded) => recorded.tid === tid) ?? {};
    const of = recordedAt === undefined ? {} : { recordedAt };
    return [{ sub, tid, code, ...of, ...partiesTold(state), missed: { dueAt, late } }];
  });
  const raised = await raiseAlerts(manager, holding, raisedAt ?? now);
  await outbox.announce(manager, raised);
  return raised;
}
