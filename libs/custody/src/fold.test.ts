// The fold, rule by rule (docs/protocol, section 4): the orderly chain, hands and responsibility.

import { mandate } from './scenario/scenario.js';
import { told } from './scenario/stories.js';

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

  it('held by the holder → stays with the holder, and the offer stays open', () => {
    const s = told((s) => s.handOff('sender', 'post'));
    s.tell('released', 'post', { to: 'consignee', mode: 'collect' });
    const held = s.tell('held', 'post', { why: 'closed' });
    expect(s.state()).toMatchObject({ status: 'offered', holder: 'post' });
    expect(s.findings(held)).toEqual([]);
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
