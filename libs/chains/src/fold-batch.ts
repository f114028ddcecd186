// Folds the entries of one batch, in order, into the chains they are about. Pure: the store reads before and writes
// after.

import { advance, emptySummary, foldAll, foldSummary, follows, summaryOf } from '@unbroken/custody';
import type { ChainState, ChainSummary, Recorded } from '@unbroken/custody';
import type { ShipmentId, TokenId } from '@unbroken/tokens';

/** A chain and how far into the log it is folded. */
export interface StoredChain {
  readonly state: ChainSummary;
  /** Index of the newest entry folded into it; -1 for none. */
  readonly lastIndex: number;
  /** How many parts its history is kept in: one for each batch that brought something new. */
  readonly parts: number;
}

/** One entry that simply followed, and the chain as it stood for it; null: it is the first of its chain. */
export interface Step {
  readonly before: ChainSummary | null;
  readonly recorded: Recorded;
}

/** New entries of a chain, in the order of the log; at least one. */
export interface NewEntries {
  readonly sub: ShipmentId;
  readonly recorded: readonly Recorded[];
  readonly before: ChainSummary;
  /** How many parts of its history are kept already. */
  readonly parts: number;
}

/** What the entries of one batch did to one chain. */
export type Folded = NewEntries & {
  readonly after: ChainSummary;
} & (
    | {
        /** Each simply followed, so that only their own findings can be new. */
        readonly steps: readonly Step[];
        readonly refolded: null;
      }
    | {
        readonly steps: null;
        /** One of them changed the places of others: the chain folded again as a whole, to be looked at as a whole. */
        readonly refolded: ChainState;
      }
  );

export interface FollowedBatch {
  readonly folded: readonly Folded[];
  /** Chains that can only be folded with their history: see `refold`. */
  readonly others: readonly NewEntries[];
}

/** Folds what simply follows. Entries that a chain has folded already are passed over. */
export function followBatch(
  chains: ReadonlyMap<ShipmentId, StoredChain>,
  entries: readonly { readonly sub: ShipmentId; readonly recorded: Recorded }[],
): FollowedBatch {
  const bySub = new Map<ShipmentId, { readonly known: StoredChain | undefined; readonly recorded: Recorded[] }>();
  for (const { sub, recorded } of entries) {
    const chain = bySub.get(sub);
    const known = chain === undefined ? chains.get(sub) : chain.known;
    const isNew = recorded.index > (chain?.recorded.at(-1)?.index ?? known?.lastIndex ?? -1);
    if (chain === undefined) bySub.set(sub, { known, recorded: isNew ? [recorded] : [] });
    else if (isNew) chain.recorded.push(recorded);
  }
  const folded: Folded[] = [];
  const others: NewEntries[] = [];
  for (const [sub, { known, recorded }] of bySub) {
    if (recorded.length === 0) continue;
    const before = known?.state ?? emptySummary(sub);
    const parts = known?.parts ?? 0;
    const followed = known === undefined ? followFirst(sub, recorded) : follow(known.state, recorded, []);
    if (followed === undefined) others.push({ sub, recorded, before, parts });
    else folded.push({ sub, recorded, before, parts, after: followed.after, steps: followed.steps, refolded: null });
  }
  return { folded, others };
}

/** Folds a chain again as a whole: its history and what is new. */
export function refold(fresh: NewEntries, history: readonly Recorded[]): Folded {
  const refolded = foldAll(fresh.sub, once([...history, ...fresh.recorded]));
  return { ...fresh, after: summaryOf(refolded), steps: null, refolded };
}

/** The first token of a chain follows nothing, and there is nothing whose findings it could change. */
function followFirst(sub: ShipmentId, [first, ...rest]: readonly Recorded[]) {
  if (first === undefined) return undefined;
  return follow(foldSummary(sub, [first]), rest, [{ before: null, recorded: first }]);
}

/** Token by token; undefined as soon as one does not follow. */
function follow(
  from: ChainSummary,
  recorded: readonly Recorded[],
  steps: Step[],
): { readonly after: ChainSummary; readonly steps: readonly Step[] } | undefined {
  let chain = from;
  for (const token of recorded) {
    if (!follows(chain, token)) return undefined;
    steps.push({ before: chain, recorded: token });
    chain = advance(chain, token);
  }
  return { after: chain, steps };
}

/** A log has each token once; what was lost with one and recorded again in the next may be known here from both. */
export function once(history: readonly Recorded[]): readonly Recorded[] {
  const seen = new Set<TokenId>();
  return history.filter(({ tid }) => !seen.has(tid) && seen.add(tid));
}
