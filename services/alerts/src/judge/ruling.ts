// What a folded batch means for the alerts of each chain. Pure.

import type { Folded, RegistryView, Step } from '@unbroken/chains';
import {
  contested,
  emptyChain,
  isMalformed,
  judge,
  judgeChain,
  judgeNext,
  withPresentStandings,
} from '@unbroken/custody';
import type { ChainState, ChainSummary, FindingCode } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';
import type { Holding } from '../alerts/alert.js';
import { partiesTold } from '../alerts/parties-told.js';

/** A judged chain: what holds, and whether that is all that holds. */
export interface Ruling {
  readonly state: ChainSummary;
  readonly holding: readonly Holding[];
  /** True: the whole chain was judged again, so what is raised and not among `holding` holds no longer. */
  readonly complete: boolean;
  /** False: whom it names was known before this batch. */
  readonly opens: boolean;
}

type View = Pick<RegistryView, 'registry' | 'context'>;

/**
 * One ruling for each chain of the batch. Where every token simply followed the head only the new tokens are judged;
 * a token that changed the place of others has the whole chain judged again.
 */
export const rulingsOf = (folded: readonly Folded[], view: View): readonly Ruling[] =>
  folded.map((chain) => rulingOf(chain, view));

/** The ruling on a whole chain as it stands, with what is known of its keys now. */
export function wholeRuling(stored: ChainState, view: View): Ruling {
  const state = withPresentStandings(stored, view);
  const told = partiesTold(state);
  const recordedAt = new Map(state.history.map((recorded) => [recorded.tid, recorded.recordedAt]));
  const found = [...judgeChain(state, view.context)].flatMap(([tid, codes]) =>
    codes.map((code) => ({ sub: state.sub, tid, code, recordedAt: recordedAt.get(tid) ?? 0, ...told })),
  );
  return { state, holding: withoutSettled(found, state), complete: true, opens: true };
}

/** The finding stays with its branch for good; there is something to do about it until the fork is settled. */
function withoutSettled(found: readonly Holding[], { history }: ChainState): readonly Holding[] {
  if (!found.some(isDispute)) return found;
  const open = contested(history);
  return found.filter((finding) => !isDispute(finding) || open.has(finding.tid));
}

const isDispute = ({ code }: Holding): boolean => code === 'chain.disputed';

function rulingOf({ sub, steps, refolded, after }: Folded, view: View): Ruling {
  if (steps === null) return wholeRuling(refolded, view);
  const holding: Holding[] = [];
  for (const step of steps) {
    const { tid, recordedAt } = step.recorded;
    for (const code of codesOf(sub, step, view)) holding.push({ sub, tid, code, recordedAt, ...partiesTold(after) });
  }
  const opens = (steps[0]?.before?.sender ?? null) === null;
  return { state: after, holding, complete: false, opens };
}

/** Of the first token of a chain, or of one that follows. */
const codesOf = (sub: ShipmentId, { before, recorded }: Step, { context }: View): readonly FindingCode[] =>
  before === null || isMalformed(recorded)
    ? judge(emptyChain(sub), recorded, context)
    : judgeNext(before, recorded, context);
