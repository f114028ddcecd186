// What is found of hands and routes, and the near misses that are not (docs/protocol, section 5).

import type { JudgeContext } from './judge/judged.js';
import { defaultPolicy } from './policy/default-policy.js';
import { context, mandate, Scenario } from './scenario/scenario.js';
import { carried, opened } from './scenario/stories.js';

describe('misdelivery.wrong-party', () => {
  it('accepted by another party than the open release names → found', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    expect(s.findings(s.tell('accepted', 'stranger', { cond: 'ok' }))).toEqual([
      'misdelivery.wrong-party',
      'misdelivery.off-route',
    ]);
  });

  it('accepted under the mandate of the one it names → not found', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    const accepted = s.tell('accepted', 'facility', { cond: 'ok' }, { mandates: [mandate('consignee', 'facility')] });
    expect(s.findings(accepted)).toEqual([]);
  });

  it('accepting an earlier, replaced offer → found', () => {
    const s = opened();
    const earlier = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    s.tell('released', 'sender', { to: 'consignee', mode: 'meet' });
    expect(s.findings(s.tell('accepted', 'post', { rel: earlier.tid, cond: 'ok' }))).toEqual([
      'misdelivery.wrong-party',
    ]);
  });
});

describe('misdelivery.off-route', () => {
  it('released to a party that is neither consignee nor on the route → found', () => {
    const s = carried();
    expect(s.findings(s.tell('released', 'post', { to: 'stranger', mode: 'meet' }))).toEqual(['misdelivery.off-route']);
  });

  it('released to a mandated party → not found', () => {
    const s = carried();
    const to = s.tell('released', 'post', { to: 'sub', mode: 'meet' }, { mandates: [mandate('post', 'sub')] });
    expect(s.findings(to)).toEqual([]);
  });

  it('released to a party with the mandate of the sender alone → found', () => {
    const s = carried();
    const to = s.tell('released', 'post', { to: 'sub', mode: 'meet' }, { mandates: [mandate('sender', 'sub')] });
    expect(s.findings(to)).toEqual(['misdelivery.off-route']);
  });

  it('back to the sender without redirected → found; after redirected → not found', () => {
    const s = carried();
    expect(s.findings(s.tell('released', 'post', { to: 'sender', mode: 'meet' }))).toEqual(['misdelivery.off-route']);
    const back = carried();
    back.tell('redirected', 'sender', { to: 'sender' });
    expect(back.findings(back.tell('released', 'post', { to: 'sender', mode: 'meet' }))).toEqual([]);
  });

  it('to another unit of the holder → not found', () => {
    const s = carried();
    expect(s.findings(s.tell('released', 'post', { to: 'post', mode: 'meet' }))).toEqual([]);
    expect(s.findings(s.tell('accepted', 'post', { cond: 'ok' }))).toEqual([]);
  });
});

describe('misdelivery.wrong-place', () => {
  const at = { at: 'consignee/main' };
  it('released to the consignee away from its site → found', () => {
    const s = carried();
    const released = s.tell('released', 'post', { to: 'consignee', mode: 'meet', ...at, off: 500 });
    expect(s.findings(released)).toEqual(['misdelivery.wrong-place']);
  });

  it('at the site → not found', () => {
    const s = carried();
    const released = s.tell('released', 'post', { to: 'consignee', mode: 'meet', ...at, off: 0 });
    expect(s.findings(released)).toEqual([]);
    expect(s.findings(s.tell('accepted', 'consignee', { cond: 'ok', ...at, off: 0 }))).toEqual([]);
  });

  it('the acceptance of it away from the site, or at another party’s site → found', () => {
    const s = carried();
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    const accepted = s.tell('accepted', 'consignee', { cond: 'ok', at: 'stranger/door', off: 0 });
    expect(s.findings(accepted)).toEqual(['misdelivery.wrong-place']);
  });

  it('a hand-off to a courier anywhere → not judged', () => {
    const s = opened();
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet', off: 5000 }))).toEqual([]);
  });

  it('no position where the policy wants one → place.unknown', () => {
    const wantsPosition: JudgeContext = {
      ...context,
      policyOf: () => ({ ...defaultPolicy, position: { from: 'internal' } }),
    };
    const s = carried();
    const released = s.tell('released', 'post', { to: 'consignee', mode: 'meet' });
    expect(s.findings(released, wantsPosition)).toEqual(['place.unknown']);
    expect(s.findings(released)).toEqual([]);
  });
});

describe('custody', () => {
  it.each([
    ['released by another than the holder', 'released', { to: 'post', mode: 'meet' }, 'custody.not-holder'],
    ['sealed by another than the holder', 'sealed', { seals: { A: 'H' } }, 'custody.not-holder'],
    ['withdrawn by another than the releaser', 'withdrawn', {}, 'custody.not-holder'],
    ['inspected by another than the holder', 'inspected', { seals: {} }, 'custody.not-holder'],
    ['attempted by another than the holder', 'attempted', { why: 'nobody-home' }, 'custody.not-holder'],
    ['held by another than the holder', 'held', { why: 'closed' }, 'custody.not-holder'],
    ['destroyed by another than the holder', 'destroyed', { how: 'shredded' }, 'custody.not-holder'],
    ['the key let go by another than the sender', 'key-released', { wraps: 'A'.repeat(43) }, 'custody.role'],
    ['opened by another than the consignee', 'opened', { items: 1 }, 'custody.not-consignee'],
    ['refused by another than the addressee', 'refused', { why: 'no' }, 'custody.role'],
    ['approved by another than the sender', 'approved', {}, 'custody.role'],
    ['redirected by another than the sender', 'redirected', { to: 'stranger' }, 'custody.role'],
    ['imported by a device', 'imported', { what: 'scanned', when: 1, src: 'A'.repeat(43) }, 'custody.role'],
    ['voided by another than the sender', 'voided', { why: 'no' }, 'custody.role'],
  ] as const)('%s → found', (_what, evt, claims, code) => {
    const s = carried();
    expect(s.findings(s.tell(evt, 'stranger', claims))).toContain(code);
  });

  it('confirmed by another than the consignee → custody.not-consignee', () => {
    const s = carried();
    const confirmed = s.tell('confirmed', 'post', { pieces: 1, unopened: true });
    expect(s.findings(confirmed)).toEqual(['custody.not-consignee']);
  });

  it('reported by somebody who is not on the chain → custody.role, and what it says is judged', () => {
    const s = carried();
    expect(s.findings(s.tell('reported', 'stranger', { what: 'stolen' }))).toEqual(['custody.role', 'parcel.stolen']);
  });

  it('voided once another party accepted → custody.not-holder', () => {
    const s = carried();
    expect(s.findings(s.tell('voided', 'sender', { why: 'no' }))).toEqual(['custody.not-holder']);
  });

  it('a line token after closing → custody.closed; opened is none', () => {
    const s = carried();
    s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
    expect(s.findings(s.tell('opened', 'consignee', { items: 1 }))).toEqual([]);
    expect(s.findings(s.tell('released', 'consignee', { to: 'post', mode: 'meet' }))).toEqual(['custody.closed']);
  });

  it.each(['registered', 'accepted', 'confirmed'] as const)(
    '%s in a role not granted → custody.role, with its effect',
    (evt) => {
      const s = new Scenario();
      const no = { standing: { roles: [] } };
      const opening = s.registered({}, evt === 'registered' ? no : {});
      if (evt === 'registered') expect(s.findings(opening)).toEqual(['custody.role']);
      s.tell('released', 'sender', { to: 'consignee', mode: 'meet' });
      const accepted = s.tell('accepted', 'consignee', { cond: 'ok' }, evt === 'accepted' ? no : {});
      if (evt === 'accepted') expect(s.findings(accepted)).toEqual(['custody.role']);
      const claims = { pieces: 1, unopened: true };
      const confirmed = s.tell('confirmed', 'consignee', claims, evt === 'confirmed' ? no : {});
      if (evt === 'confirmed') expect(s.findings(confirmed)).toEqual(['custody.role']);
      expect(s.state().status).toBe('confirmed');
    },
  );

  it('the sender takes back without being courier or receiver → not found', () => {
    const s = carried();
    s.tell('redirected', 'sender', { to: 'sender' });
    s.tell('released', 'post', { to: 'sender', mode: 'meet' });
    expect(s.findings(s.tell('accepted', 'sender', { cond: 'ok' }, { standing: { roles: ['sender'] } }))).toEqual([]);
  });
});

describe('hand-off', () => {
  it('accepted with no open offer → handoff.without-release', () => {
    const s = opened();
    expect(s.findings(s.tell('accepted', 'post', { cond: 'ok' }))).toEqual(['handoff.without-release']);
  });
});
