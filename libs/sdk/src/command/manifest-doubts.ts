// What is wrong with the hands that sign for many parcels at once: each doubt told once, with how many it is about and the
// first of them.

import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Doubt } from './anyway.js';
import { doubtOfEach } from './hands-doubts.js';
import type { Hands } from './hands-rules.js';
import type { Session } from './session.js';

/** So many parcels are named, and so many different doubts told; all are counted. */
const TOLD = 3;

/** As `handsDoubts`, of many parcels. @throws HubUnreachable, HubProblem */
export async function manifestDoubts(
  session: Session,
  parcels: readonly ShipmentId[],
  hands: Hands,
  asking: Parameters<typeof doubtOfEach>[3],
): Promise<readonly Doubt[]> {
  const alike = new Map<string, { readonly doubt: Doubt; readonly subs: ShipmentId[] }>();
  for (const [sub, doubt] of await doubtOfEach(session, parcels, hands, asking)) {
    const others = alike.get(doubt.what);
    if (others === undefined) alike.set(doubt.what, { doubt, subs: [sub] });
    else others.subs.push(sub);
  }
  const mostFirst = [...alike.values()].toSorted((a, b) => b.subs.length - a.subs.length);
  const further = mostFirst.slice(TOLD).reduce((sum, { subs }) => sum + subs.length, 0);
  return mostFirst.slice(0, TOLD).map(({ doubt, subs }, at) => ({
    code: doubt.code,
    what: `${subs.length} of ${parcels.length} (${named(subs)}): ${doubt.what}${at === TOLD - 1 && further > 0 ? ` ${further} more ${further === 1 ? 'has' : 'have'} something else wrong.` : ''}`,
    cure: `${doubt.cure} See where each is with \`unbroken chain\`, or leave these out.`.trim(),
  }));
}

function named(subs: readonly ShipmentId[]): string {
  const first = subs.slice(0, TOLD).map(formatShipmentId).join(', ');
  return subs.length > TOLD ? `${first} and ${subs.length - TOLD} more` : first;
}
