// Redirects, confirmation, revoked keys, malformed places and ends (docs/protocol, section 4, rules 7 to 11).

import { deadlines } from './deadlines.js';
import { context, mandate, Scenario } from './scenario/scenario.js';
import { told } from './scenario/stories.js';

describe('rule 7, redirects', () => {
  it('redirected → a new consignee for what comes later in the line, the old route kept', () => {
    const s = told((s) => s.tell('redirected', 'sender', { to: 'elsewhere' }));
    expect(s.state()).toMatchObject({ consignee: 'elsewhere', via: ['post'] });
  });

  it('the latest signed wins, in whatever order they are recorded', () => {
    const s = told(() => undefined);
    const [opening] = s.tokens;
    if (!opening) throw new Error('the scenario lost its opening');
    const late = s.tell('redirected', 'sender', { to: 'late' }, { iat: 1_450_000_900 });
    const early = s.tell('redirected', 'sender', { to: 'early' }, { iat: 1_450_000_500 });
    expect(s.state([opening, late, early]).consignee).toBe('late');
    expect(s.state([opening, early, late]).consignee).toBe('late');
  });

  it('a redirect signed after an acceptance → does not govern it', () => {
    const s = told((s) => {
      const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('accepted', 'post', { cond: 'ok' }, { iat: 1_450_000_200 });
      s.tell('redirected', 'sender', { to: 'elsewhere', via: [] }, { after: release, iat: 1_450_000_300 });
    });
    expect(s.state()).toMatchObject({ responsible: 'post', consignee: 'elsewhere', via: [] });
  });

  it('a redirect by another than the sender → nothing', () => {
    const s = told((s) => s.tell('redirected', 'post', { to: 'elsewhere' }));
    expect(s.state().consignee).toBe('consignee');
  });

  it('signed ahead of its time → counts from when it was recorded, and a later one wins', () => {
    const s = told(() => undefined);
    const [opening] = s.tokens;
    if (!opening) throw new Error('the scenario lost its opening');
    const now = opening.claims.iat;
    const ahead = { after: opening, iat: now + 10 * 365 * 86_400, recorded: now + 60 };
    s.tell('redirected', 'sender', { to: 'elsewhere' }, ahead);
    s.tell('redirected', 'sender', { to: 'consignee' }, { after: opening, iat: now + 120 });
    expect(s.state().consignee).toBe('consignee');
  });
});

describe('rule 8, confirming', () => {
  it('without an acceptance → the consignee holds and is responsible', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
    });
    expect(s.state()).toMatchObject({ status: 'confirmed', holder: 'consignee', responsible: 'consignee' });
  });

  it('by a mandated party → moves nothing: mandates do not extend to it', () => {
    const s = told((s) => {
      s.tell('confirmed', 'facility', { pieces: 1, unopened: true }, { mandates: [mandate('consignee', 'facility')] });
    });
    expect(s.state()).toMatchObject({ closed: false, holder: 'sender' });
  });

  it('by a code desk for a guest → the guest holds', () => {
    const s = new Scenario();
    s.registered({ to: 'guest' });
    const standing = { use: 'code-desk', roles: ['finder-desk'] } as const;
    s.tell('confirmed', 'desk', { pieces: 1, unopened: true }, { standing });
    expect(s.state()).toMatchObject({ status: 'confirmed', holder: 'guest' });
  });

  it('by a code desk that nobody granted a desk → moves nothing', () => {
    const s = new Scenario();
    s.registered({ to: 'guest' });
    const standing = { use: 'code-desk', roles: ['courier'] } as const;
    const confirmed = s.tell('confirmed', 'post', { pieces: 1, unopened: true }, { standing });
    expect(s.state()).toMatchObject({ closed: false, holder: 'sender' });
    expect(s.findings(confirmed)).toEqual(['custody.not-consignee']);
  });
});

describe('rule 9, revoked', () => {
  it('a token with a revoked key → takes no place, what hangs on it is folded as if on its prev', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('released', 'post', { to: 'stranger', mode: 'meet' }, { standing: { key: 'revoked' } });
      s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    });
    expect(s.state()).toMatchObject({ status: 'offered', offer: { to: 'consignee' }, seq: 4, disputed: [] });
  });

  const stolen = { standing: { key: 'revoked' as const }, key: 'the stolen phone' };

  it('witnessed by a valid key of the same party → has its place, the finding stays, what it says is judged', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    const [, , accepted] = s.tokens;
    if (!accepted) throw new Error('the scenario lost a token');
    const released = s.tell('released', 'post', { to: 'stranger', mode: 'meet' }, stolen);
    expect(s.findings(released)).toEqual(['key.revoked']);
    const witness = s.tell('witnessed', 'post', { of: released.tid }, { after: accepted });
    expect(s.state()).toMatchObject({ status: 'offered', offer: { tid: released.tid }, head: released.tid });
    expect(s.findings(released)).toEqual(['key.revoked', 'misdelivery.off-route']);
    expect(s.findings(witness)).toEqual([]);
  });

  it('what was signed on its `prev` meanwhile → a fork, once it has its place', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    const [, , accepted] = s.tokens;
    if (!accepted) throw new Error('the scenario lost a token');
    const late = s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, stolen);
    const next = s.tell('released', 'post', { to: 'consignee', mode: 'drop' }, { after: accepted });
    expect(s.state()).toMatchObject({ status: 'offered', offer: { tid: next.tid } });
    s.tell('witnessed', 'post', { of: late.tid });
    expect(s.state()).toMatchObject({ status: 'disputed', disputed: [late.tid, next.tid] });
  });

  it('a revoked opening that is witnessed → the chain is open', () => {
    const s = new Scenario();
    const opening = s.registered({}, stolen);
    s.tell('witnessed', 'sender', { of: opening.tid });
    expect(s.state()).toMatchObject({ holder: 'sender', status: 'prepared', head: opening.tid });
    expect(s.findings(opening)).toEqual(['key.revoked']);
  });

  it.each([
    ['by another party', 'sender', {}],
    ['by a revoked key', 'post', { standing: { key: 'revoked' as const } }],
    ['by the key itself', 'post', { key: stolen.key }],
  ])('witnessed %s → takes no place', (_by, iss, more) => {
    const s = told((s) => s.handOff('sender', 'post'));
    const released = s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, stolen);
    s.tell('witnessed', iss, { of: released.tid }, more);
    expect(s.state()).toMatchObject({ status: 'in-custody', offer: null });
    expect(s.findings(released)).toEqual(['key.revoked']);
  });

  it('a good token that somebody witnesses → a third signature and nothing more', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    const before = s.state();
    const [, , accepted] = s.tokens;
    const witness = s.tell('witnessed', 'facility', { of: accepted?.tid });
    expect(s.findings(witness)).toEqual([]);
    expect({ ...s.state(), history: [], recordedAt: 0 }).toEqual({
      ...before,
      history: [],
      recordedAt: 0,
      tipRemark: { iat: witness.claims.iat, tid: witness.tid },
    });
  });

  it('nothing but a revoked opening → the chain is not open', () => {
    const s = new Scenario();
    s.registered({}, { standing: { key: 'revoked' } });
    s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    expect(s.state()).toMatchObject({ holder: null, offer: null });
  });
});

describe('rule 10, malformed in context', () => {
  it.each([
    ['wrong seq', { seq: 5 }],
    ['seq of its own prev', { seq: 0 }],
  ])('%s → no place', (_what, claims) => {
    const s = told((s) => s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { claims }));
    expect(s.state()).toMatchObject({ offer: null, seq: 0, waiting: [] });
  });

  it('prev naming a remark → no place', () => {
    const s = told(() => undefined);
    const remark = s.tell('approved', 'sender');
    s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: remark, claims: { seq: 1 } });
    expect(s.state()).toMatchObject({ offer: null });
  });

  it('a sub that is not derived from its registered → opens nothing', () => {
    const s = told(() => undefined);
    const other = new Scenario();
    other.registered({}, { claims: { sub: s.state().sub } });
    expect(other.state()).toMatchObject({ holder: null, status: 'prepared' });
  });
});

describe('rule 11, ends', () => {
  it('destroyed by the holder → closes all: the offer is answered, nothing follows, nobody waits', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
      s.tell('destroyed', 'post', { how: 'shredded' });
    });
    expect(s.state()).toMatchObject({ status: 'destroyed', closed: true, offer: null, holder: 'post' });
    for (const evt of ['opened', 'destroyed'] as const) {
      expect(s.findings(s.tell(evt, 'consignee', evt === 'opened' ? { items: 1 } : { how: 'burnt' }))).toEqual([
        'custody.closed',
      ]);
    }
    expect(deadlines(s.state(), context).map(({ met }) => met)).toEqual([true, true, true, true]);
  });

  it('destroyed by the consignee after confirmed → destroyed; what came late stays late', () => {
    const late = 1_450_000_000 + 30 * 86_400;
    const s = told((s) => {
      s.tell('confirmed', 'consignee', { pieces: 1, unopened: true }, { iat: late });
      s.tell('destroyed', 'consignee', { how: 'shredded' }, { iat: late + 60 });
    });
    expect(s.state()).toMatchObject({ status: 'destroyed', closed: true, confirmed: late });
    expect(deadlines(s.state(), context)).toMatchObject([
      { code: 'dispatch.overdue', met: false },
      { code: 'arrival.overdue', met: false },
    ]);
  });

  it('destroyed by another than the holder → moves nothing', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('destroyed', 'sender', { how: 'shredded' });
    });
    expect(s.state()).toMatchObject({ status: 'in-custody', closed: false });
  });

  it('voided before anybody accepted → void', () => {
    expect(told((s) => s.tell('voided', 'sender', { why: 'mistake' })).state().status).toBe('void');
  });

  it('voided once another party accepted → moves nothing', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('voided', 'sender', { why: 'mistake' });
    });
    expect(s.state()).toMatchObject({ status: 'in-custody', closed: false });
  });
});
