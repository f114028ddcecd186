// What is found of seals, parcels, chains and keys, and the near misses that are not (docs/protocol, section 5).

import { Scenario } from './scenario/scenario.js';
import { carried, opened } from './scenario/stories.js';

describe('seals', () => {
  const sealed = () => {
    const s = opened();
    s.tell('sealed', 'sender', { seals: { A1: 'H', A2: 'S' } });
    return s;
  };
  it.each([
    ['intact', []],
    ['unobserved', []],
    ['broken', ['seal.broken']],
    ['missing', ['seal.missing']],
    ['other', ['seal.unknown']],
  ])('seen %s → %j', (state, codes) => {
    const s = sealed();
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet', seals: { A1: state } }))).toEqual(codes);
  });

  it('an id that was never sealed → seal.unknown', () => {
    const s = sealed();
    s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    expect(s.findings(s.tell('accepted', 'post', { cond: 'ok', seals: { B9: 'intact' } }))).toEqual(['seal.unknown']);
  });

  it('an id that every object has → seal.unknown, and is no seal', () => {
    const s = sealed();
    const seals = { A1: 'intact', toString: 'intact', constructor: 'intact' };
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet', seals }))).toEqual(['seal.unknown']);
    expect(Object.keys(s.state().seals)).toEqual(['A1', 'A2']);
  });

  it('every deviating observation → found again', () => {
    const s = sealed();
    s.tell('released', 'sender', { to: 'post', mode: 'meet', seals: { A1: 'broken' } });
    expect(s.findings(s.tell('accepted', 'post', { cond: 'ok', seals: { A1: 'broken' } }))).toEqual(['seal.broken']);
  });
});

describe('parcel', () => {
  it('accepted opened or damaged, confirmed opened or short → found; more pieces → not found', () => {
    const s = opened({ pieces: 2 });
    s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    expect(s.findings(s.tell('accepted', 'post', { cond: 'damaged' }))).toEqual(['parcel.damaged']);
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    expect(s.findings(s.tell('accepted', 'consignee', { cond: 'opened' }))).toEqual(['parcel.opened']);
    expect(s.findings(s.tell('confirmed', 'consignee', { pieces: 1, unopened: false }))).toEqual([
      'parcel.opened',
      'parcel.short',
    ]);
    const more = carried();
    expect(more.findings(more.tell('confirmed', 'consignee', { pieces: 5, unopened: true }))).toEqual([]);
  });

  it.each([
    ['lost', 'parcel.lost'],
    ['stolen', 'parcel.stolen'],
    ['damaged', 'parcel.damaged'],
    ['opened', 'parcel.opened'],
    ['short', 'parcel.short'],
    ['misdelivered', 'parcel.reported'],
    ['other', 'parcel.reported'],
  ])('reported %s → %s', (what, code) => {
    const s = carried();
    expect(s.findings(s.tell('reported', 'post', { what }))).toEqual([code]);
  });

  it('said in a token that waits for its prev → found at once', () => {
    const s = carried();
    const missing = new Scenario().registered().tid;
    expect(s.findings(s.tell('reported', 'post', { what: 'lost' }, { after: missing }))).toContain('parcel.lost');
  });

  it('said with a revoked key → only key.revoked', () => {
    const s = carried();
    const reported = s.tell('reported', 'post', { what: 'lost' }, { standing: { key: 'revoked' } });
    expect(s.findings(reported)).toEqual(['key.revoked']);
  });
});

describe('chain and keys', () => {
  it('a fork → chain.disputed on every branch but the first recorded', () => {
    const s = opened();
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const first = s.tell('withdrawn', 'sender', {}, { after: released });
    const rival = s.tell('accepted', 'post', { cond: 'ok' }, { after: released });
    expect([s.findings(first), s.findings(rival)]).toEqual([[], ['chain.disputed']]);
  });

  it('signed before its prev → chain.backdated, for remarks too', () => {
    const s = carried();
    expect(s.findings(s.tell('approved', 'sender', {}, { iat: 1_400_000_000 }))).toEqual(['chain.backdated']);
  });

  it.each([
    [301, ['clock.drift']],
    [-301, ['clock.drift']],
    [300, []],
  ])('device clock off by %d s → %j', (drift, codes) => {
    const s = opened();
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { drift }))).toEqual(codes);
  });

  it('signed more than five minutes after it was recorded → clock.drift', () => {
    const s = opened();
    const now = s.tokens[0]?.claims.iat ?? 0;
    const inspected = (ahead: number) =>
      s.findings(s.tell('inspected', 'sender', { seals: {} }, { iat: now + ahead, recorded: now }));
    expect(inspected(300)).toEqual([]);
    expect(inspected(301)).toEqual(['clock.drift']);
  });

  it('a suspect key → stands, key.suspect', () => {
    const s = opened();
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { standing: { key: 'suspect' } });
    expect(s.findings(released)).toEqual(['key.suspect']);
    expect(s.state().status).toBe('offered');
  });

  it('a second opening, a wrong seq → custody.twice, token.malformed', () => {
    const s = opened();
    const [opening] = s.tokens;
    const { jti } = opening?.claims ?? {};
    const twice = s.tell('registered', 'sender', { ...opening?.claims, jti, pieces: 9 });
    expect(s.findings(twice)).toEqual(['custody.twice']);
    const wrong = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { claims: { seq: 9 } });
    expect(s.findings(wrong)).toEqual(['token.malformed']);
  });
});
