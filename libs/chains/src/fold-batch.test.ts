// One batch of a chain, folded at once: nobody may be able to tell it from folding token by token.
import { describe, expect, it } from '@jest/globals';
import { emptyChain, evolve, summaryOf } from '@unbroken/custody';
import type { ChainState, Recorded } from '@unbroken/custody';
import { Scenario } from '@unbroken/custody/scenario';
import { followBatch, refold } from './fold-batch.js';

/** A parcel on its way, with remarks that are signed on the first token long after. */
function story(): { readonly sub: ChainState['sub']; readonly tokens: readonly Recorded[] } {
  const chain = new Scenario();
  const opening = chain.registered();
  chain.tell('sealed', 'sender', { seals: { A: 'S' } });
  chain.handOff('sender', 'post');
  chain.tell('inspected', 'sender', { seals: { A: 'intact' } }, { after: opening });
  chain.tell('inspected', 'sender', { seals: { A: 'broken' } }, { after: opening });
  return { sub: chain.state().sub, tokens: chain.tokens };
}

const oneByOne = (sub: ChainState['sub'], tokens: readonly Recorded[]) =>
  summaryOf(tokens.reduce(evolve, emptyChain(sub)));

describe('a batch of one chain', () => {
  it('each follows the head → every step with the state before it', () => {
    const { sub, tokens } = story();
    const recorded = tokens.slice(0, 4);
    const { folded, others } = followBatch(
      new Map(),
      recorded.map((token) => ({ sub, recorded: token })),
    );
    expect(others).toEqual([]);
    expect(folded).toHaveLength(1);
    expect(folded[0]?.steps?.map(({ before }) => before?.seq)).toEqual([undefined, 0, 1, 2]);
    expect(folded[0]?.after).toEqual(oneByOne(sub, recorded));
  });

  it('some hang on old ones → folded again with its history, to be judged whole', () => {
    const { sub, tokens } = story();
    const known = new Map([
      [sub, { state: oneByOne(sub, tokens.slice(0, 3)), lastIndex: tokens[2]?.index ?? -1, parts: 1 }],
    ]);
    const { folded, others } = followBatch(
      known,
      tokens.map((token) => ({ sub, recorded: token })),
    );
    expect(folded).toEqual([]);
    const [chain] = others.map((other) => refold(other, tokens.slice(0, 3)));
    expect(chain?.steps).toBeNull();
    expect(chain?.after).toEqual(oneByOne(sub, tokens));
    expect(chain?.refolded?.history).toEqual(tokens);
    expect(chain?.recorded).toEqual(tokens.slice(3));
  });

  it('folded before, and twice in the batch → passed over', () => {
    const { sub, tokens } = story();
    const known = new Map([
      [sub, { state: oneByOne(sub, tokens.slice(0, 2)), lastIndex: tokens[1]?.index ?? -1, parts: 1 }],
    ]);
    const entries = [...tokens.slice(0, 4), ...tokens.slice(0, 4)].map((recorded) => ({ sub, recorded }));
    const { folded } = followBatch(known, entries);
    expect(folded[0]?.recorded).toEqual(tokens.slice(2, 4));
    expect(folded[0]?.after).toEqual(oneByOne(sub, tokens.slice(0, 4)));
    expect(followBatch(known, entries.slice(0, 2))).toEqual({ folded: [], others: [] });
  });
});
