// Judges everything again from the log. What follows from the log alone is made anew; alerts and deadlines stay, because
// what people have decided, and what was told already, is nowhere else: an alert that is there is neither raised nor told
// again, one that no longer holds resolves itself, and one that is missing is raised as of when it was to be: when its statement
// was recorded, or its deadline passed.

import { rebuildView } from '@unbroken/chains';
import type { ChainStore, RegistryView } from '@unbroken/chains';
import { systemClock } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Holding } from '../alerts/alert.js';
import { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { raiseDue } from '../deadlines/raise-due.js';
import { rememberPolicies } from '../judge/chains-under-policies.js';
import { wholeRuling } from '../judge/ruling.js';
import { settleRulings } from '../judge/settle-rulings.js';
import { rememberSigners } from '../judge/signers.js';
import { readContacts } from '../notify/contacts/contacts-file.js';
import { Notices } from '../notify/decide/notices.js';
import { alertsMigrations } from '../migrations/index.js';
import { ALERTS_GROUP } from '../transport.js';

const CHAINS_AT_ONCE = 200;

/** Throws as `rebuildView`. What changed is announced at the next start of the service. */
export const rebuildAlerts = (how: Parameters<typeof rebuildView>[1], clock: Clock = systemClock): Promise<void> =>
  rebuildView(
    {
      service: 'alerts',
      group: ALERTS_GROUP,
      migrations: [...alertsMigrations],
      tables: ['chain_history', 'signers', 'chain_policies'],
      searched: false,
      folded: async (manager, folded) => {
        await rememberSigners(manager, folded);
        await rememberPolicies(manager, folded);
      },
      whole: async (manager, chains, view) => {
        const outbox = new AlertsOutbox(new Notices(readContacts(how.settings)), clock);
        const changed = await judgeAll(manager, chains, view, { clock, outbox });
        how.say(`${changed} alerts are raised or resolved by that; what people have decided stays`);
      },
    },
    how,
  );

async function judgeAll(
  manager: EntityManager,
  chains: ChainStore,
  view: RegistryView,
  { clock, outbox }: { readonly clock: Clock; readonly outbox: AlertsOutbox },
): Promise<number> {
  let changed = 0;
  const now = clock.now();
  const raisedAt = (finding: Holding) => firstRaised(finding, now);
  for (let after = ''; ;) {
    const rows = await manager.query<{ sub: ShipmentId }[]>(
      'SELECT DISTINCT sub FROM chain_history WHERE sub > $1 ORDER BY sub LIMIT $2',
      [after, CHAINS_AT_ONCE],
    );
    const last = rows.at(-1);
    if (last === undefined) return changed;
    const states = await chains.getMany(
      rows.map(({ sub }) => sub),
      manager,
    );
    const rulings = [...states.values()].map((state) => wholeRuling(state, view));
    changed += (await settleRulings(manager, rulings, { view, outbox, now, raisedAt })).length;
    // Those that were kept are the keeper's still: what fell due while nobody was there is raised when it is noticed.
    const anew = { chains, outbox, now, startedAt: now, heardAt: now, raisedAt };
    changed += (await raiseDue(manager, [...states.keys()], anew)).length;
    after = last.sub;
  }
}

/** A deadline of what was recorded after it had passed was not missed before that. */
function firstRaised({ recordedAt = 0, missed }: Holding, now: number): number {
  const at = Math.max(recordedAt, missed?.dueAt.getTime() ?? 0);
  return at === 0 ? now : Math.min(at, now);
}
