// What the steps of a batch mean for the alerts of each chain. Pure.

import { withPresentStandings } from '@unbroken/chains';
import type { Folded, RegistryView } from '@unbroken/chains';
import { judge, judgeChain } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';
import type { Holding } from '../alerts/alert.js';
import { partiesTold } from '../alerts/parties-told.js';

/** A judged chain: what holds, and whether that is all that holds. */
export interface Ruling {
  readonly state: ChainState;
  readonly holding: readonly Holding[];
  /** True: the whole chain was judged again, so what is raised and not among `holding` holds no longer. */
  readonly complete: boolean;
}

type View = Pick<RegistryView, 'registry' | 'context'>;

/**
 * One ruling for each chain of the batch. Where every token simply followed the head only the new tokens are judged;
 * a token that changed the place of others has the whole chain judged again.
 */
export function rulingsOf(steps: readonly Folded[], view: View): readonly Ruling[] {
  const byChain = new Map<ShipmentId, Folded[]>();
  for (const step of steps) byChain.set(step.sub, [...(byChain.get(step.sub) ?? []), step]);
  return [...byChain.values()].map((chain) => rulingOf(chain, view));
}

/** The ruling on a whole chain as it stands, with what is known of its keys now. */
export function wholeRuling(stored: ChainState, view: View): Ruling {
  const state = withPresentStandings(stored, view);
  const told = partiesTold(state);
  const holding = [...judgeChain(state, view.context)].flatMap(([tid, codes]) =>
    codes.map((code) => ({ sub: state.sub, tid, code, ...told })),
  );
  return { state, holding, complete: true };
}

function rulingOf(chain: readonly Folded[], view: View): Ruling {
  const last = chain.at(-1);
  if (last === undefined) throw new RangeError('a chain without a step has no ruling');
  if (chain.some(changesOthers)) return wholeRuling(last.after, view);
  const holding = chain.flatMap(({ sub, before, recorded, after }) =>
    judge(before, recorded, view.context).map((code) => ({ sub, tid: recorded.tid, code, ...partiesTold(after) })),
  );
  return { state: last.after, holding, complete: false };
}

/** The first token of a chain follows nothing, and there is nothing else whose findings it could change. */
const changesOthers = ({ appended, before }: Folded): boolean => !appended && before.history.length > 0;
