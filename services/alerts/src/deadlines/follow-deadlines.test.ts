import { describe, expect, it } from '@jest/globals';
import type { Deadline } from '@unbroken/custody';
import type { PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import { followDeadlines } from './follow-deadlines.js';
import type { KeptDeadline } from './follow-deadlines.js';

const SUB = '7K2M9QX4T1B8ZC3V2' as ShipmentId;
const TID = 'release' as TokenId;
const NOW = 1_000_000;

const asked = (given: Partial<Deadline> = {}): Deadline => ({
  code: 'handoff.unanswered',
  tid: TID,
  at: 1100,
  met: false,
  ...given,
});

const kept = (given: Partial<KeptDeadline> = {}): KeptDeadline => ({
  sub: SUB,
  code: 'handoff.unanswered',
  tid: TID,
  at: 1100,
  state: 'pending',
  heardAt: 900_000,
  ...given,
});

const follow = (before: KeptDeadline[], wanted: Deadline[]) => followDeadlines(SUB, before, wanted, NOW);

describe('followDeadlines', () => {
  it('asked for the first time → pending from now on', () => {
    expect(follow([], [asked()])).toEqual({ changed: [kept({ heardAt: NOW })], settled: [] });
  });

  it('asked for and met at once → nothing to keep', () => {
    expect(follow([], [asked({ met: true })])).toEqual({ changed: [], settled: [] });
  });

  it('the same again → nothing', () => {
    expect(follow([kept()], [asked()])).toEqual({ changed: [], settled: [] });
  });

  it('pending and met → met, and no alert to settle', () => {
    expect(follow([kept()], [asked({ met: true })])).toEqual({ changed: [kept({ state: 'met' })], settled: [] });
  });

  it('raised and met → met, its alert settles itself', () => {
    const { changed, settled } = follow([kept({ state: 'raised' })], [asked({ met: true })]);
    expect(changed).toEqual([kept({ state: 'met' })]);
    expect(settled).toMatchObject([
      { code: 'handoff.unanswered', tid: TID, reason: expect.stringContaining('in time') },
    ]);
  });

  it('raised, moved into the future → pending anew, its alert settles itself', () => {
    const { changed, settled } = follow([kept({ at: 900, state: 'raised' })], [asked({ at: 1200 })]);
    expect(changed).toEqual([kept({ at: 1200, heardAt: NOW })]);
    expect(settled).toHaveLength(1);
  });

  it('raised, and the clock is set back before its time → stays raised', () => {
    expect(follow([kept({ state: 'raised' })], [asked()])).toEqual({ changed: [], settled: [] });
  });

  it('raised, moved within the past → stays raised', () => {
    const { changed, settled } = follow([kept({ at: 900, state: 'raised' })], [asked({ at: 950 })]);
    expect(changed).toEqual([kept({ at: 950, state: 'raised', heardAt: NOW })]);
    expect(settled).toEqual([]);
  });

  it('no longer asked for → met; its alert, if raised, settles itself', () => {
    expect(follow([kept()], [])).toEqual({ changed: [kept({ state: 'met' })], settled: [] });
    expect(follow([kept({ state: 'raised' })], []).settled).toHaveLength(1);
    expect(follow([kept({ state: 'met' })], [])).toEqual({ changed: [], settled: [] });
  });

  it('met before and asked for again → pending', () => {
    expect(follow([kept({ state: 'met' })], [asked()]).changed).toEqual([kept()]);
  });
});

describe('silence, which every token moves on', () => {
  const POST = 'post' as PartyId;
  const silence = { code: 'parcel.silent', pipeline: POST } as const;
  const later = asked({ ...silence, tid: 'next' as TokenId, at: 1500 });

  it('heard of again before it is due → nothing is written: what is kept asks again in time', () => {
    expect(follow([kept(silence)], [later])).toEqual({ changed: [], settled: [] });
    expect(follow([kept(silence)], [asked({ ...silence, at: 1500 })])).toEqual({ changed: [], settled: [] });
  });

  it('what is kept has fallen due → the moment that is asked for now takes its place', () => {
    expect(follow([kept({ ...silence, at: 1000 })], [later]).changed).toEqual([
      kept({ ...silence, tid: later.tid, at: 1500, heardAt: NOW }),
      kept({ ...silence, at: 1000, state: 'met' }),
    ]);
  });

  it('asked for sooner than is kept → written', () => {
    const sooner = { ...silence, at: 1050 };
    expect(follow([kept(silence)], [asked(sooner)]).changed).toEqual([kept({ ...sooner, heardAt: NOW })]);
  });

  it('arrived: no longer asked for → met', () => {
    expect(follow([kept(silence)], []).changed).toEqual([kept({ ...silence, state: 'met' })]);
  });

  it('waits for its pipeline, and nothing new → goes on waiting; raised, and heard of → settles itself', () => {
    const due = { ...silence, at: 900 };
    expect(follow([kept({ ...due, state: 'waits' })], [asked(due)])).toEqual({ changed: [], settled: [] });
    expect(follow([kept({ ...due, state: 'raised' })], [later]).settled).toMatchObject([
      { code: 'parcel.silent', tid: TID, reason: 'The parcel has been heard of since.' },
    ]);
  });

  it('another deadline of the chain is followed as ever', () => {
    expect(follow([kept(silence)], [later, asked()]).changed).toEqual([kept({ heardAt: NOW })]);
  });
});
