// Every recording order of the same tokens ends in the same state, but for which branch of a dispute is named first
// (docs/protocol, section 4). Histories are generated of all events, with wrong hands, forks that are settled or not,
// redirects, gaps, and revoked keys that are witnessed or not. UNBROKEN_TEST_HISTORIES=10000 tries more of them.

import fc from 'fast-check';
import type { TokenId } from '@unbroken/tokens';
import { references } from './anchor.js';
import { emptyChain, summaryOf } from './state-shape.js';
import type { ChainState } from './chain-state.js';
import { evolve, foldAll, foldSummary, follows } from './evolve.js';
import type { FindingCode } from './finding.js';
import { judge, judgeChain } from './judge/judge.js';
import { anyHistory } from './scenario/any-history.js';
import { context, inOrder, Scenario } from './scenario/scenario.js';
import type { RecordedToken } from './recorded.js';

/** As many as the time of `npm test` allows. */
const HISTORIES = Number(process.env['UNBROKEN_TEST_HISTORIES'] ?? 1500);

/** The state without what the order of recording may decide. */
function whateverOrder(state: ChainState) {
  const { history, disputed, gaps, gapTimes, waiting, holder, heldSince, ...rest } = state;
  const sorted = (tids: readonly string[]) => tids.toSorted();
  return {
    ...rest,
    holder: state.status === 'disputed' ? null : holder,
    heldSince: state.status === 'disputed' ? null : heldSince,
    disputed: sorted(disputed),
    gaps: sorted(gaps),
    gapTimes: gapTimes.toSorted(),
    waiting: sorted(waiting),
    history: history.length,
  };
}

/** What is found of each token; which branches of a dispute are marked is up to the order, how many are is not. */
function whateverFound(found: ReadonlyMap<TokenId, readonly FindingCode[]>) {
  const ofTokens = [...found].map(([tid, codes]) => [tid, codes.filter((code) => code !== 'chain.disputed')] as const);
  const disputed = [...found.values()].flat().filter((code) => code === 'chain.disputed').length;
  return { disputed, ofTokens: Object.fromEntries(ofTokens) };
}

const shuffled = (tokens: readonly RecordedToken[], dice: fc.Stream<number>): RecordedToken[] =>
  tokens
    .map((token) => ({ token, at: dice.next().value as number }))
    .sort((a, b) => a.at - b.at)
    .map(({ token }) => token);

const dice = fc.infiniteStream(fc.nat(1_000_000));

describe('any order', () => {
  it('any recording order → the same state, the same findings, each once', () => {
    fc.assert(
      fc.property(anyHistory(12), dice, (s, order) => {
        const told = s.state();
        const other = s.state(shuffled(s.tokens, order));
        expect(whateverOrder(other)).toEqual(whateverOrder(told));
        const found = judgeChain(other, context);
        expect(whateverFound(found)).toEqual(whateverFound(judgeChain(told, context)));
        for (const codes of found.values()) expect(new Set(codes).size).toBe(codes.length);
      }),
      { numRuns: Math.ceil((HISTORIES * 11) / 20) },
    );
  });

  it('long histories, folded at once → the same, and with all of it recorded no gap is left', () => {
    fc.assert(
      fc.property(anyHistory(40), dice, (s, order) => {
        const sub = s.state(s.tokens.slice(0, 1)).sub;
        const fold = (tokens: readonly RecordedToken[]) => foldAll(sub, inOrder(tokens));
        const told = fold(s.tokens);
        expect(whateverOrder(fold(shuffled(s.tokens, order)))).toEqual(whateverOrder(told));
        expect(fold(s.tokens)).toEqual(told);
        expect(foldSummary(sub, inOrder(s.tokens))).toStrictEqual(summaryOf(told));
        expect(told.gaps).toEqual([]);
      }),
      { numRuns: Math.ceil((HISTORIES * 3) / 20) },
    );
  });

  it('token by token → what is judged at once stays, one party is responsible, gaps lack what they refer to', () => {
    fc.assert(
      fc.property(anyHistory(10), dice, (s, order) => {
        let state = emptyChain(s.state(s.tokens.slice(0, 1)).sub);
        for (const token of inOrder(shuffled(s.tokens, order))) {
          const alone = judge(state, token, context);
          const appended = follows(state, token);
          const before = judgeChain(state, context);
          state = evolve(state, token);
          const all = judgeChain(state, context);
          expect(all.get(token.tid)).toEqual(alone);
          if (appended) for (const [tid, found] of before) expect(all.get(tid)).toEqual(found);
          expect(typeof state.responsible).toBe(state.opening === null ? 'object' : 'string');
          expect(state.status === 'disputed').toBe(state.disputed.length > 1);
          expect(new Set(state.gaps)).toEqual(new Set(lacking(state)));
        }
        expect(state).toEqual(foldAll(state.sub, state.history));
        expect(foldSummary(state.sub, state.history)).toStrictEqual(summaryOf(state));
        // A state may be set aside as text and gone on from.
        expect(JSON.parse(JSON.stringify(summaryOf(state)))).toStrictEqual(summaryOf(state));
      }),
      { numRuns: Math.ceil((HISTORIES * 6) / 20) },
    );
  });

  it('every permutation of a chain with a fork, a redirect, wrong hands and settled → the same state', () => {
    const s = new Scenario();
    s.registered();
    const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    s.tell('withdrawn', 'sender', {}, { after: release });
    s.tell('redirected', 'sender', { to: 'elsewhere' }, { after: release });
    const taken = s.tell('accepted', 'post', { cond: 'ok' }, { after: release });
    s.tell('released', 'stranger', { to: 'sender', mode: 'meet' }, { after: taken });
    s.tell('released', 'post', { to: 'elsewhere', mode: 'drop' }, { after: taken });
    s.tell('settled', 'sender', { of: taken.tid }, { after: release });
    const told = s.state();
    expect(told).toMatchObject({ status: 'offered', holder: 'post', responsible: 'post', disputed: [] });
    const expected = whateverOrder(told);
    let count = 0;
    for (const order of permutations(s.tokens)) {
      count += 1;
      const ended = whateverOrder(foldAll(told.sub, inOrder(order)));
      if (JSON.stringify(ended) !== JSON.stringify(expected)) expect(ended).toEqual(expected);
    }
    expect(count).toBe(40_320);
  });
});

/** Tokens that refer to one that is not recorded. */
const lacking = ({ history }: ChainState): TokenId[] => {
  const known = new Set(history.map(({ tid }) => tid));
  return (history as readonly RecordedToken[])
    .filter((token) => !references(token).every((tid) => known.has(tid)))
    .map(({ tid }) => tid);
};

function* permutations(tokens: readonly RecordedToken[]): Generator<RecordedToken[]> {
  if (tokens.length < 2) yield [...tokens];
  else {
    for (const [at, first] of tokens.entries()) {
      for (const rest of permutations(tokens.toSpliced(at, 1))) yield [first, ...rest];
    }
  }
}
