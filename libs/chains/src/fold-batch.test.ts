// One batch of a chain, folded at once: nobody may be able to tell it from folding token by token.
import { describe, expect, it } from '@jest/globals';
import { emptyChain, evolve } from '@unbroken/custody';
import type { ChainState, Recorded } from '@unbroken/custody';
import { Scenario } from '@unbroken/custody/scenario';
import { foldBatch } from './fold-batch.js';

/** A parcel on its way, with a remark that is signed on the first token long after. */
function story(): { readonly sub: ChainState['sub']; readonly tokens: readonly Recorded[] } {
  const chain = new Scenario();
  const opening = chain.registered();
  chain.tell('sealed', 'sender', { seals: { A: 'S' } });
  chain.handOff('sender', 'post');
  chain.tell('inspected', 'sender', { seals: { A: 'intact' } }, { after: opening });
  chain.tell('inspected', 'sender', { seals: { A: 'broken' } }, { after: opening });
  return { sub: chain.state().sub, tokens: chain.tokens };
}

const oneByOne = (sub: ChainState['sub'], tokens: readonly Recorded[]) => tokens.reduce(evolve, emptyChain(sub));

describe('a batch of one chain', () => {
  it('each follows the head → every step with the state before it', () => {
    const { sub, tokens } = story();
    const recorded = tokens.slice(0, 4);
    const { folded, changed } = foldBatch(
      new Map(),
      recorded.map((token) => ({ sub, recorded: token })),
    );
    expect(folded).toHaveLength(1);
    expect(folded[0]?.steps?.map(({ before }) => before.seq)).toEqual([null, 0, 1, 2]);
    expect(folded[0]?.after).toEqual(oneByOne(sub, recorded));
    expect(changed.get(sub)?.lastIndex).toBe(recorded.at(-1)?.index);
  });

  it('some hang on old ones → the same chain, to be judged whole', () => {
    const { sub, tokens } = story();
    const { folded } = foldBatch(
      new Map(),
      tokens.map((token) => ({ sub, recorded: token })),
    );
    expect(folded[0]?.steps).toBeNull();
    expect(folded[0]?.after).toEqual(oneByOne(sub, tokens));
    expect(folded[0]?.recorded).toEqual(tokens);
  });

  it('folded before, and twice in the batch → passed over', () => {
    const { sub, tokens } = story();
    const before = oneByOne(sub, tokens.slice(0, 3));
    const known = new Map([[sub, { state: before, lastIndex: tokens[2]?.index ?? -1 }]]);
    const entries = [...tokens, ...tokens].map((recorded) => ({ sub, recorded }));
    expect(foldBatch(known, entries).folded[0]?.after).toEqual(oneByOne(sub, tokens));
    expect(foldBatch(known, entries).folded[0]?.recorded).toEqual(tokens.slice(3));
    expect(foldBatch(known, entries.slice(0, 3)).folded).toEqual([]);
  });
});
