// Folds the entries of one batch, in order, into the chains they are about. Pure: the store reads before and writes
// after.

import { appends, emptyChain, evolve } from '@unbroken/custody';
import type { ChainState, Recorded } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';

/** A chain and how far into the log it is folded. */
export interface StoredChain {
  readonly state: ChainState;
  /** Index of the newest entry folded into it; -1 for none. */
  readonly lastIndex: number;
}

/** One entry and what it did to its chain. */
export interface Folded {
  readonly sub: ShipmentId;
  readonly recorded: Recorded;
  readonly before: ChainState;
  readonly after: ChainState;
  /** True: it simply follows the head, so only its own findings can be new. */
  readonly appended: boolean;
}

/** The chains as changed, and every step. Entries that a chain has folded already are passed over. */
export function foldBatch(
  chains: ReadonlyMap<ShipmentId, StoredChain>,
  entries: readonly { readonly sub: ShipmentId; readonly recorded: Recorded }[],
): { readonly changed: ReadonlyMap<ShipmentId, StoredChain>; readonly steps: readonly Folded[] } {
  const changed = new Map<ShipmentId, StoredChain>();
  const steps: Folded[] = [];
  for (const { sub, recorded } of entries) {
    const known = changed.get(sub) ?? chains.get(sub) ?? { state: emptyChain(sub), lastIndex: -1 };
    if (recorded.index <= known.lastIndex) continue;
    const before = known.state;
    const after = evolve(before, recorded);
    steps.push({ sub, recorded, before, after, appended: appends(before, recorded) });
    changed.set(sub, { state: after, lastIndex: recorded.index });
  }
  return { changed, steps };
}
