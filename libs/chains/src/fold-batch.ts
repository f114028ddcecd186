// Folds the entries of one batch, in order, into the chains they are about. Pure: the store reads before and writes
// after.

import { appends, emptyChain, evolve, foldAll } from '@unbroken/custody';
import type { ChainState, Recorded } from '@unbroken/custody';
import type { ShipmentId, TokenId } from '@unbroken/tokens';

/** A chain and how far into the log it is folded. */
export interface StoredChain {
  readonly state: ChainState;
  /** Index of the newest entry folded into it; -1 for none. */
  readonly lastIndex: number;
}

/** What the entries of one batch did to one chain. */
export interface Folded {
  readonly sub: ShipmentId;
  /** The new entries, in the order of the log; at least one. */
  readonly recorded: readonly Recorded[];
  readonly before: ChainState;
  readonly after: ChainState;
  /**
   * The state before each entry, where each simply followed the head, so that only their own findings can be new. Null
   * where one of them changed the places of others, and the whole chain is to be looked at again.
   */
  readonly steps: readonly { readonly before: ChainState; readonly recorded: Recorded }[] | null;
}

/** Every chain as it was and as it is. Entries that a chain has folded already are passed over. */
export function foldBatch(
  chains: ReadonlyMap<ShipmentId, StoredChain>,
  entries: readonly { readonly sub: ShipmentId; readonly recorded: Recorded }[],
): { readonly changed: ReadonlyMap<ShipmentId, StoredChain>; readonly folded: readonly Folded[] } {
  const bySub = new Map<ShipmentId, { readonly known: StoredChain; readonly recorded: Recorded[] }>();
  for (const { sub, recorded } of entries) {
    const chain = bySub.get(sub) ?? { known: chains.get(sub) ?? nothingOf(sub), recorded: [] };
    bySub.set(sub, chain);
    if (recorded.index > (chain.recorded.at(-1)?.index ?? chain.known.lastIndex)) chain.recorded.push(recorded);
  }
  const changed = new Map<ShipmentId, StoredChain>();
  const folded: Folded[] = [];
  for (const [sub, { known, recorded }] of bySub) {
    const last = recorded.at(-1);
    if (last === undefined) continue;
    const chain = foldChain(known.state, recorded);
    folded.push({ sub, recorded, before: known.state, ...chain });
    changed.set(sub, { state: chain.after, lastIndex: last.index });
  }
  return { changed, folded };
}

const nothingOf = (sub: ShipmentId): StoredChain => ({ state: emptyChain(sub), lastIndex: -1 });

/** Token by token while each follows the head; from the first that does not, the whole history in one walk. */
function foldChain(before: ChainState, recorded: readonly Recorded[]): Pick<Folded, 'after' | 'steps'> {
  const steps: { before: ChainState; recorded: Recorded }[] = [];
  let state = before;
  for (const [at, token] of recorded.entries()) {
    // The first token of a chain follows nothing, and there is nothing whose findings it could change.
    if (state.history.length > 0 && !appends(state, token)) {
      return { after: foldAll(before.sub, once([...state.history, ...recorded.slice(at)])), steps: null };
    }
    steps.push({ before: state, recorded: token });
    state = evolve(state, token);
  }
  return { after: state, steps };
}

/** The log has each token once; whoever feeds a fold may not. */
function once(history: readonly Recorded[]): readonly Recorded[] {
  const seen = new Set<TokenId>();
  return history.filter(({ tid }) => !seen.has(tid) && seen.add(tid));
}
