// The rules of folding a chain, one by one (docs/protocol, section 4).

import { mandate, Scenario } from './scenario/scenario.js';

const told = (tell: (s: Scenario) => void) => {
  const s = new Scenario();
  s.registered();
  tell(s);
  return s;
};

describe('an orderly chain', () => {
  it('registered → prepared, held by the sender who is responsible', () => {
    expect(told(() => undefined).state()).toMatchObject({
      status: 'prepared',
      holder: 'sender',
      responsible: 'sender',
      consignee: 'consignee',
      seq: 0,
      closed: false,
    });
  });

  it('released → offered, and the releaser stays responsible until the second signature', () => {
    const s = told((s) => s.tell('released', 'sender', { to: 'post', mode: 'meet' }));
    expect(s.state()).toMatchObject({
      status: 'offered',
      holder: 'sender',
      responsible: 'sender',
      offer: { from: 'sender', to: 'post', mode: 'meet', until: null },
    });
  });

  it('accepted → in custody of the taker, offer closed', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    expect(s.state()).toMatchObject({ status: 'in-custody', holder: 'post', responsible: 'post', offer: null, seq: 2 });
  });

  it('accepted by the consignee → arrived; confirmed → closed', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.handOff('post', 'consignee');
    });
    expect(s.state().status).toBe('arrived');
    s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
    expect(s.state()).toMatchObject({ status: 'confirmed', closed: true, holder: 'consignee' });
  });

  it('refused by the addressee → stays with the releaser', () => {
    const s = told((s) => {
      s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('refused', 'post', { why: 'damaged' });
    });
    expect(s.state()).toMatchObject({ status: 'prepared', holder: 'sender', offer: null });
  });

  it('withdrawn → the offer is taken back', () => {
    const s = told((s) => {
      s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('withdrawn', 'sender');
    });
    expect(s.state()).toMatchObject({ status: 'prepared', offer: null });
  });

  it('sealed, then seen broken → last seen state is broken', () => {
    const s = told((s) => {
      s.tell('sealed', 'sender', { seals: { A1: 'H', A2: 'H' } });
      s.handOff('sender', 'post', { accept: { seals: { A1: 'broken', A2: 'unobserved' } } });
    });
    expect(s.state().seals).toEqual({ A1: 'broken', A2: 'intact' });
  });

  it('inspected by the holder → last seen state', () => {
    const s = told((s) => {
      s.tell('sealed', 'sender', { seals: { A1: 'H' } });
      s.tell('inspected', 'sender', { seals: { A1: 'other' } });
    });
    expect(s.state().seals).toEqual({ A1: 'other' });
  });

  it('attempted by the holder → stays with the holder, and the offer stays open', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    });
    const attempted = s.tell('attempted', 'post', { why: 'nobody-home' });
    expect(s.state()).toMatchObject({ status: 'offered', holder: 'post' });
    expect(s.findings(attempted)).toEqual([]);
  });

  it('opened after confirmation → contents counted, chain stays closed', () => {
    const s = told((s) => {
      s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
      s.tell('opened', 'consignee', { items: 2 });
    });
    expect(s.state()).toMatchObject({ status: 'confirmed', items: 2 });
  });

  it('reported lost by the holder → lost, until the line moves', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('reported', 'post', { what: 'lost' });
    });
    expect(s.state().status).toBe('lost');
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    expect(s.state().status).toBe('offered');
  });

  it('reported lost by somebody who neither holds nor answers for it → not lost', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('reported', 'consignee', { what: 'lost' });
    });
    expect(s.state().status).toBe('in-custody');
  });

  it('the same token twice → nothing changes', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    expect(s.state([...s.tokens, ...s.tokens])).toEqual(s.state());
  });
});

describe('rule 1, wrong hands', () => {
  it('released by another than the holder → opens no offer, is head only while nothing else follows', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    const rightful = s.state().head;
    const wrong = s.tell('released', 'sender', { to: 'stranger', mode: 'meet' });
    expect(s.state()).toMatchObject({ offer: null, holder: 'post', head: wrong.tid, seq: 3 });
    const accepted = s.tokens.find(({ tid }) => tid === rightful);
    const next = s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, accepted ? { after: accepted } : {});
    expect(s.state()).toMatchObject({ head: next.tid, seq: 3, status: 'offered', disputed: [] });
  });

  it('what the rightful holder signs on a wrong token → takes its place', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('released', 'sender', { to: 'stranger', mode: 'meet' });
      s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    });
    expect(s.state()).toMatchObject({ status: 'offered', seq: 4, offer: { from: 'post' }, disputed: [] });
  });

  it('line token after closing → moves nothing', () => {
    const s = told((s) => {
      s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
      s.tell('released', 'consignee', { to: 'post', mode: 'meet' });
    });
    expect(s.state()).toMatchObject({ status: 'confirmed', offer: null });
  });

  it('accepting what the wrong hands released → moves nothing', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('released', 'sender', { to: 'stranger', mode: 'meet' });
      s.tell('accepted', 'stranger', { cond: 'ok' });
    });
    expect(s.state()).toMatchObject({ holder: 'post', responsible: 'post' });
  });
});

describe('rule 2, accepting', () => {
  it('accepting a withdrawn release → moves all the same: two signatures outweigh a clock', () => {
    const s = told((s) => {
      const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('withdrawn', 'sender');
      s.tell('accepted', 'post', { rel: release.tid, cond: 'ok' });
    });
    expect(s.state()).toMatchObject({ holder: 'post', responsible: 'post', status: 'in-custody' });
  });

  it('accepting with no release → moves nothing', () => {
    const s = told((s) => s.tell('accepted', 'post', { cond: 'ok' }));
    expect(s.state()).toMatchObject({ holder: 'sender', status: 'prepared' });
  });

  it('accepting a release that was accepted before → moves nothing', () => {
    const s = told((s) => {
      const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('accepted', 'post', { cond: 'ok' });
      s.tell('accepted', 'stranger', { rel: release.tid, cond: 'ok' });
    });
    expect(s.state()).toMatchObject({ holder: 'post' });
  });
});

describe('rule 3, responsible', () => {
  it('accepted by another than was named → merely holds, astray', () => {
    const s = told((s) => {
      s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('accepted', 'stranger', { cond: 'ok' });
    });
    expect(s.state()).toMatchObject({ status: 'astray', holder: 'stranger', responsible: 'sender' });
  });

  it('released to, and accepted by, a party off the route → merely holds', () => {
    const s = told((s) => s.handOff('sender', 'stranger'));
    expect(s.state()).toMatchObject({ status: 'astray', holder: 'stranger', responsible: 'sender' });
  });

  it('a mere holder hands on to the consignee → the consignee is responsible', () => {
    const s = told((s) => {
      s.handOff('sender', 'stranger');
      s.handOff('stranger', 'consignee');
    });
    expect(s.state()).toMatchObject({ status: 'arrived', holder: 'consignee', responsible: 'consignee' });
  });

  it('accepted under a mandate of the consignee → arrived, and the mandated party is responsible', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
      s.tell('accepted', 'facility', { cond: 'ok' }, { mandates: [mandate('consignee', 'facility')] });
    });
    expect(s.state()).toMatchObject({ status: 'arrived', holder: 'facility', responsible: 'facility' });
  });

  it.each([
    ['at another site', mandate('consignee', 'facility', { site: 'consignee/north' }), { at: 'consignee/south' }],
    ['after its end', mandate('consignee', 'facility', { until: 1_449_999_999 }), {}],
  ])('accepted under a mandate %s → merely holds', (_when, given, claims) => {
    const s = told((s) => {
      s.tell('released', 'sender', { to: 'consignee', mode: 'meet' });
      s.tell('accepted', 'facility', { cond: 'ok', ...claims }, { mandates: [given] });
    });
    expect(s.state()).toMatchObject({ status: 'astray', responsible: 'sender' });
  });

  it('the sender takes back what was released to it → responsible again', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.handOff('post', 'sender');
    });
    expect(s.state()).toMatchObject({ holder: 'sender', responsible: 'sender', status: 'in-custody' });
  });

  it('a hand-off between units of one party → nothing but the signatures changes', () => {
    const s = told((s) => {
      s.handOff('sender', 'post');
      s.handOff('post', 'post');
    });
    expect(s.state()).toMatchObject({ holder: 'post', responsible: 'post', status: 'in-custody', seq: 4 });
  });
});

describe('rule 4, fork', () => {
  const forked = () => {
    const s = new Scenario();
    s.registered();
    const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const withdrawn = s.tell('withdrawn', 'sender', {}, { after: release });
    const accepted = s.tell('accepted', 'post', { cond: 'ok' }, { after: release });
    return { s, release, withdrawn, accepted };
  };

  it('two line tokens after the same one → disputed; the taker holds, the fork point stays head', () => {
    const { s, release, withdrawn, accepted } = forked();
    expect(s.state()).toMatchObject({
      status: 'disputed',
      head: release.tid,
      seq: 1,
      holder: 'post',
      responsible: 'sender',
      offer: { tid: release.tid },
      disputed: [withdrawn.tid, accepted.tid],
    });
  });

  it('recorded the other way round → the same but for which branch is named first', () => {
    const { s, release, withdrawn, accepted } = forked();
    const [opening] = s.tokens;
    const other = s.state([...(opening ? [opening] : []), release, accepted, withdrawn]);
    expect(other.disputed).toEqual([accepted.tid, withdrawn.tid]);
    expect({ ...other, disputed: [], history: [] }).toEqual({ ...s.state(), disputed: [], history: [] });
  });

  it('a stranger accepts without a release → neither forks nor hides what the holder signs', () => {
    const s = told((s) => s.tell('accepted', 'stranger', { cond: 'ok' }));
    const [opening] = s.tokens;
    if (!opening) throw new Error('the scenario lost its opening');
    s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: opening });
    expect(s.state()).toMatchObject({ status: 'offered', disputed: [] });
  });

  it('a fork inside a branch → its taker holds all the same', () => {
    const s = told((s) => s.tell('sealed', 'sender', { seals: { A: 'H' } }));
    const [opening] = s.tokens;
    if (!opening) throw new Error('the scenario lost its opening');
    const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: opening });
    s.tell('accepted', 'post', { cond: 'ok' }, { after: release });
    s.tell('accepted', 'stranger', { cond: 'ok' }, { after: release });
    expect(s.state()).toMatchObject({ status: 'disputed', holder: 'post', responsible: 'sender' });
  });

  it('two takers → the one whose branch was recorded first holds', () => {
    const s = new Scenario();
    s.registered();
    const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const first = s.tell('accepted', 'stranger', { cond: 'ok' }, { after: release });
    s.tell('accepted', 'post', { cond: 'ok' }, { after: release });
    expect(s.state()).toMatchObject({ status: 'disputed', holder: first.claims.iss });
  });
});

describe('rule 5, gap', () => {
  it('a token whose prev is not recorded → waits, and only it is a gap', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    const [opening, release, accepted] = s.tokens;
    if (!opening || !release || !accepted) throw new Error('the scenario lost a token');
    const waiting = s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    const gappy = s.state([opening, accepted, waiting]);
    expect(gappy).toMatchObject({ head: opening.tid, gaps: [accepted.tid], waiting: [accepted.tid, waiting.tid] });
    const closed = s.state([opening, accepted, waiting, release]);
    expect(closed).toMatchObject({ gaps: [], waiting: [], head: waiting.tid, status: 'offered' });
  });

  it('a token whose rel is not recorded → is a gap', () => {
    const missing = new Scenario().registered().tid;
    const s = told((s) => s.tell('accepted', 'post', { rel: missing, cond: 'ok' }));
    expect(s.state().gaps).toEqual([s.tokens[1]?.tid]);
  });

  it('what hangs on a malformed token → waits and is no gap', () => {
    const s = told((s) => {
      const malformed = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { claims: { seq: 7 } });
      s.tell('accepted', 'post', { cond: 'ok' }, { after: malformed });
    });
    expect(s.state()).toMatchObject({ gaps: [], waiting: [s.tokens[2]?.tid], head: s.tokens[0]?.tid });
  });
});

describe('rule 6, second offer', () => {
  it('a second release → replaces the first', () => {
    const s = told((s) => {
      s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('released', 'sender', { to: 'consignee', mode: 'meet' });
    });
    expect(s.state().offer).toMatchObject({ to: 'consignee' });
  });

  it('accepting the earlier one → moves the holder alone', () => {
    const s = told((s) => {
      const earlier = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      s.tell('released', 'sender', { to: 'consignee', mode: 'meet' });
      s.tell('accepted', 'post', { rel: earlier.tid, cond: 'ok' });
    });
    expect(s.state()).toMatchObject({ status: 'astray', holder: 'post', responsible: 'sender', offer: null });
  });
});

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
