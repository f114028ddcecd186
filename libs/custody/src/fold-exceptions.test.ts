// Redirects, confirmation, revoked keys, malformed places and ends (docs/protocol, section 4, rules 7 to 11).

import { mandate, Scenario } from './scenario/scenario.js';
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
    s.tell('confirmed', 'post', { pieces: 1, unopened: true }, { standing: { use: 'code-desk' } });
    expect(s.state()).toMatchObject({ status: 'confirmed', holder: 'guest' });
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
