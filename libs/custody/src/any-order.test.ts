// Every recording order of the same tokens ends in the same state, but for which branch of a dispute is named first
// (docs/protocol, section 4). Histories are generated with wrong hands, forks, redirects, gaps and revoked keys.

import fc from 'fast-check';
import { emptyChain } from './chain-state.js';
import type { ChainState } from './chain-state.js';
import { evolve, follows } from './evolve.js';
import { judge, judgeChain } from './judge/judge.js';
import { context, inOrder, Scenario } from './scenario/scenario.js';
import type { RecordedToken } from './recorded.js';
import { walk } from './walk.js';

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

const parties = ['sender', 'post', 'consignee', 'stranger'] as const;

interface Move {
  kind: number;
  by: number;
  to: number;
  after: number;
  skew: number;
  revoked: boolean;
}

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.nat(12),
  by: fc.nat(3),
  to: fc.nat(3),
  after: fc.nat(5),
  skew: fc.nat(4),
  revoked: fc.boolean().map((coin) => coin),
});

/** Mostly orderly moves; every few signed by anybody, on anything. */
function tell(moves: readonly Move[]): Scenario {
  const s = new Scenario();
  s.registered();
  for (const { kind, by, to, after, skew, revoked } of moves) {
    const holder = s.state().holder ?? 'sender';
    const signer = by === 3 ? (parties[to] ?? 'post') : holder;
    const other = parties[to] ?? 'post';
    const on = after < 4 ? undefined : s.tokens.at(-after);
    const more = {
      ...(on === undefined ? {} : { after: on }),
      ...(skew === 4 ? { iat: 1_450_000_000 + kind } : {}),
      ...(revoked && kind === 12 ? { standing: { key: 'revoked' as const } } : {}),
    };
    if (kind <= 3) s.tell('released', signer, { to: other, mode: 'meet' }, more);
    else if (kind <= 6) s.tell('accepted', s.state().offer?.to ?? other, { cond: 'ok' }, more);
    else if (kind === 7) s.tell('refused', other, { why: 'no' }, more);
    else if (kind === 8) s.tell('withdrawn', signer, {}, more);
    else if (kind === 9) s.tell('redirected', 'sender', { to: other }, more);
    else if (kind === 10) s.tell('reported', signer, { what: 'lost' }, more);
    else if (kind === 11) s.tell('confirmed', other, { pieces: 1, unopened: true }, more);
    else s.tell('sealed', signer, { seals: { A: 'H' } }, more);
  }
  return s;
}

const histories = fc.array(move, { minLength: 1, maxLength: 12 }).map(tell);

describe('any order', () => {
  it('any recording order → the same state', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat(1_000_000)), (s, dice) => {
        const opening = s.tokens[0];
        const shuffled = s.tokens
          .map((token) => ({ token, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ token }) => token);
        expect(opening).toBeDefined();
        expect(whateverOrder(s.state(shuffled))).toEqual(whateverOrder(s.state()));
      }),
      { numRuns: 2000 },
    );
  });

  it('every permutation of a chain with a fork, a redirect and wrong hands → the same state', () => {
    const s = new Scenario();
    s.registered();
    const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    s.tell('withdrawn', 'sender', {}, { after: release });
    s.tell('redirected', 'sender', { to: 'elsewhere' }, { after: release });
    const taken = s.tell('accepted', 'post', { cond: 'ok' }, { after: release });
    s.tell('released', 'stranger', { to: 'sender', mode: 'meet' }, { after: taken });
    s.tell('released', 'post', { to: 'elsewhere', mode: 'drop' }, { after: taken });
    const expected = whateverOrder(s.state());
    let count = 0;
    for (const order of permutations(s.tokens)) {
      count += 1;
      const state = whateverOrder(s.state(order));
      if (JSON.stringify(state) !== JSON.stringify(expected)) expect(state).toEqual(expected);
    }
    expect(count).toBe(5040);
  });

  it('token by token or all at once → the same state and the same findings', () => {
    fc.assert(
      fc.property(histories, (s) => {
        let state = emptyChain(s.state().sub);
        for (const token of inOrder(s.tokens)) {
          const alone = judge(state, token, context);
          const appended = follows(state, token);
          const before = judgeChain(state, context);
          state = evolve(state, token);
          const all = judgeChain(state, context);
          expect(all.get(token.tid)).toEqual(alone);
          if (appended) for (const [tid, found] of before) expect(all.get(tid)).toEqual(found);
        }
        const whole = walk(inOrder(s.tokens));
        expect({ holder: state.holder, head: state.head, offer: state.offer, seals: state.seals }).toEqual({
          holder: whole.line.holder,
          head: whole.head?.tid ?? null,
          offer: whole.line.offer,
          seals: whole.line.seals,
        });
      }),
      { numRuns: 1000 },
    );
  });
});

function* permutations(tokens: readonly RecordedToken[]): Generator<RecordedToken[]> {
  if (tokens.length < 2) yield [...tokens];
  else {
    for (const [at, first] of tokens.entries()) {
      for (const rest of permutations(tokens.toSpliced(at, 1))) yield [first, ...rest];
    }
  }
}
