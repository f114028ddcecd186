// Whether a word on which branch of a chain is true will be heard: where nothing is disputed it settles nothing, and so does
// that of another than the responsible party, or one that names what all branches have in common.

import type { ShipmentState } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import { namesOf } from '../words/names.js';
import type { Doubt } from './anyway.js';
import { moment } from './moment.js';
import { saidIn } from './said-in.js';
import type { SaidInChain } from './said-in.js';
import type { Session } from './session.js';

const SHOWN = 8;

/** @param of the statement that is called true @throws HubUnreachable, HubProblem */
export async function disputeDoubts(
  session: Session,
  sub: ShipmentId,
  of: TokenId,
): Promise<readonly (Doubt | undefined)[]> {
  const { party } = await session.device();
  const chain = await session.client.chain(sub);
  const { state } = chain;
  if (state === null || !('holder' in state)) return [];
  const said = saidIn(chain);
  const cure = `See its statements with \`unbroken chain ${formatShipmentId(sub)}\`.`;
  if (state.disputed.length === 0) return [{ code: 'dispute.none', what: await undisputed(session, said), cure }];
  return [await handsDoubt(session, state, party), branchDoubt(state, said, of)].map(
    (doubt) => doubt && { ...doubt, cure: `${doubt.cure} ${cure}` },
  );
}

async function undisputed(session: Session, said: readonly SaidInChain[]): Promise<string> {
  const last = said.findLast(({ claims }) => claims.evt === 'settled');
  if (last === undefined) return 'Its chain is not disputed: there is nothing to settle.';
  const name = await namesOf(session.client, [last.claims.iss]);
  const which = String(last.claims['of']).slice(0, SHOWN);
  return (
    'Its chain is not disputed any more: ' +
    `${name(last.claims.iss)} has called ${which} true, recorded at ${moment(Date.parse(last.recordedAt))}.`
  );
}

async function handsDoubt(session: Session, { responsible }: ShipmentState, party: string): Promise<Doubt | undefined> {
  if (responsible === null || responsible === party) return undefined;
  const name = await namesOf(session.client, [responsible]);
  return {
    code: 'custody.role',
    what: `${name(responsible)} is responsible for it, not you: only they may say which branch is true.`,
    cure: 'Ask them to settle it.',
  };
}

/** What hangs on nothing that can be read may be on any branch. */
function branchDoubt({ disputed }: ShipmentState, said: readonly SaidInChain[], of: TokenId): Doubt | undefined {
  const known = new Map<unknown, SaidInChain>(said.map((one) => [one.tid, one]));
  for (let tid: unknown = of; tid !== undefined;) {
    const here = known.get(tid);
    if (here === undefined || disputed.includes(here.tid)) return undefined;
    tid = here.claims['prev'];
  }
  const branches = disputed.map((tid) => tid.slice(0, SHOWN)).join(' or ');
  return {
    code: 'dispute.no-branch',
    what: `${of.slice(0, SHOWN)} is on none of the branches: they part after it.`,
    cure: `Name ${branches}, or what follows one of them.`,
  };
}
