// Whether a report says what the chain cannot bear, or has heard already: each one wakes everybody concerned.

import type { ShipmentId } from '@unbroken/tokens';
import { askedOnce } from '../client/asked-together.js';
import type { Chains } from '../client/asked-together.js';
import type { Said } from '../signing/hand.js';
import type { Doubt } from './anyway.js';
import { anyEnd, chainOrNone, handsDoubts } from './hands-doubts.js';
import { moment } from './moment.js';
import { saidIn } from './said-in.js';
import type { Session } from './session.js';

type What = Said<'reported'>['what'];

/** @throws HubUnreachable, HubProblem */
export async function reportDoubts(
  session: Session,
  sub: ShipmentId,
  what: What,
): Promise<readonly (Doubt | undefined)[]> {
  const chains = askedOnce(session.client);
  // From an archive it may still go; what was destroyed or never left cannot.
  const after = what === 'lost' || what === 'stolen' ? ['confirmed'] : anyEnd;
  const doubts = await handsDoubts(session, sub, 'concerned', { after, chains });
  const instead = { cure: 'Where something is wrong with it all the same, say so with `--what other`.' };
  return [
    ...doubts.map((doubt) => (doubt?.code === 'custody.closed' ? { ...doubt, ...instead } : doubt)),
    await saidBefore(session, sub, what, chains),
  ];
}

/** The same by the same party, which nobody has corrected since. */
async function saidBefore(session: Session, sub: ShipmentId, what: What, chains: Chains): Promise<Doubt | undefined> {
  const { party } = await session.device();
  const chain = await chainOrNone(chains, sub);
  const said = chain === undefined ? [] : saidIn(chain);
  const corrected = new Set(said.flatMap(({ claims }) => (claims.evt === 'corrected' ? [claims['of']] : [])));
  const before = said.find(
    ({ tid, claims }) =>
      claims.evt === 'reported' && claims.iss === party && claims['what'] === what && !corrected.has(tid),
  );
  if (before === undefined) return undefined;
  return {
    code: 'report.twice',
    what: `You have reported it ${what} already: recorded at ${moment(Date.parse(before.recordedAt))}, and everybody concerned was told.`,
    cure: 'See with `unbroken alerts` who is on it.',
  };
}
