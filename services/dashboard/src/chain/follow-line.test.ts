// How a chain is laid out for people: order, tracks, and what answered each offer.
import { describe, expect, it } from '@jest/globals';
import { isMalformed } from '@unbroken/custody';
import type { Recorded } from '@unbroken/custody';
import { Scenario } from '@unbroken/custody/scenario';
import { followLine } from './follow-line.js';
import { answersTo } from './halves.js';

const evtOf = (token: Recorded) => (isMalformed(token) ? null : token.claims.evt);

const layout = (chain: Scenario) =>
  followLine(chain.state()).map(({ token, place, track }) => `${track} ${place} ${evtOf(token)}`);

const opened = () => {
  const chain = new Scenario();
  chain.registered();
  return chain;
};

describe('a line', () => {
  it('hand-offs and remarks, a remark recorded long after → each remark behind what it hangs on', () => {
    const chain = new Scenario();
    const opening = chain.registered();
    chain.handOff('sender', 'post');
    chain.tell('inspected', 'post', { seals: {} });
    chain.tell('approved', 'sender', {}, { after: opening });
    expect(layout(chain)).toEqual([
      '0 line registered',
      '0 remark approved',
      '0 line released',
      '0 line accepted',
      '0 remark inspected',
    ]);
  });

  it('signed by the wrong hands, and what hangs on it → shown in its place, moving nothing', () => {
    const chain = opened();
    const stray = chain.tell('released', 'stranger', { to: 'consignee', mode: 'meet' });
    chain.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: stray });
    expect(layout(chain)).toEqual(['0 line registered', '0 wrong-hands released', '0 line released']);
  });

  it('waits for what nobody has sent → behind all others', () => {
    const chain = new Scenario();
    const opening = chain.registered();
    chain.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: new Scenario().registered().tid });
    chain.tell('inspected', 'sender', { seals: {} }, { after: opening });
    expect(layout(chain)).toEqual(['0 line registered', '0 remark inspected', '0 gap released']);
  });

  it('nothing opens the chain → everything waits', () => {
    const chain = opened();
    chain.handOff('sender', 'post');
    const [, ...rest] = chain.tokens;
    expect(followLine(chain.state(rest)).map(({ place }) => place)).toEqual(['gap', 'waiting']);
  });
});

describe('a fork', () => {
  it('two branches → the one recorded first on the line’s track, the rival on the next', () => {
    const chain = opened();
    const released = chain.tell('released', 'sender', { to: 'post', mode: 'meet' });
    chain.tell('accepted', 'post', { cond: 'ok' }, { after: released });
    chain.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    chain.tell('withdrawn', 'sender', {}, { after: released });
    expect(layout(chain)).toEqual([
      '0 line registered',
      '0 line released',
      '0 line accepted',
      '0 line released',
      '1 line withdrawn',
    ]);
  });

  it('settled → what said so stands where the branches part, and each keeps its track', () => {
    const chain = opened();
    const released = chain.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const accepted = chain.tell('accepted', 'post', { cond: 'ok' }, { after: released });
    chain.tell('withdrawn', 'sender', {}, { after: released });
    chain.tell('settled', 'sender', { of: accepted.tid }, { after: released });
    chain.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { after: accepted });
    expect(layout(chain)).toEqual([
      '0 line registered',
      '0 line released',
      '0 remark settled',
      '1 line withdrawn',
      '0 line accepted',
      '0 line released',
    ]);
  });

  it('a fork within a branch → a track of its own', () => {
    const chain = opened();
    const released = chain.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const accepted = chain.tell('accepted', 'post', { cond: 'ok' }, { after: released });
    chain.tell('withdrawn', 'sender', {}, { after: released });
    chain.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { after: accepted });
    chain.tell('sealed', 'post', { seals: { 'S-1': 'S' } }, { after: accepted });
    const tracks = followLine(chain.state()).map(({ token, track }) => [evtOf(token), track]);
    expect(new Set(tracks.map(([, track]) => track))).toEqual(new Set([0, 1, 2]));
    expect(tracks).toHaveLength(6);
  });
});

describe('the second half', () => {
  const release = (to: string) => ['released', 'sender', { to, mode: 'meet' }] as const;

  it.each([
    ['accepted', 'post', { cond: 'ok' }, 'accepted'],
    ['refused', 'post', { why: 'damaged' }, 'refused'],
    ['withdrawn', 'sender', {}, 'withdrawn'],
    ['voided', 'sender', { why: 'mistake' }, 'withdrawn'],
    ['released', 'sender', { to: 'consignee', mode: 'meet' }, 'replaced'],
  ] as const)('an offer, then %s by %s → %j', (evt, by, claims, answer) => {
    const chain = opened();
    const { tid } = chain.tell(...release('post'));
    const answered = chain.tell(evt, by, claims);
    expect(answersTo(followLine(chain.state())).get(tid)).toEqual({ answer, by: answered.tid });
  });

  it('nobody answered → none', () => {
    const chain = opened();
    const { tid } = chain.tell(...release('post'));
    expect(answersTo(followLine(chain.state())).has(tid)).toBe(false);
  });

  it('taken back and accepted all the same → accepted', () => {
    const chain = opened();
    const { tid } = chain.tell(...release('post'));
    chain.tell('withdrawn', 'sender');
    const accepted = chain.tell('accepted', 'post', { rel: tid, cond: 'ok' });
    expect(answersTo(followLine(chain.state())).get(tid)).toEqual({ answer: 'accepted', by: accepted.tid });
  });
});
