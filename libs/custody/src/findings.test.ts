// What is found, and the near misses that are not (docs/protocol, section 5).

import { deadlines } from './deadlines.js';
import { findingsAt } from './findings.js';
import type { JudgeContext } from './judge/judged.js';
import { defaultPolicy } from './policy/default-policy.js';
import { context, mandate, Scenario } from './scenario/scenario.js';

const sensitive = { class: 'sensitive', enc: { how: 'luks' }, basis: { code: 'gdpr-6-1-e', ref: 'Act 12' } };

const open = (claims: Record<string, unknown> = {}) => {
  const s = new Scenario();
  s.registered(claims);
  return s;
};

/** With the post holding the parcel. */
const carried = (claims: Record<string, unknown> = {}) => {
  const s = open(claims);
  s.handOff('sender', 'post');
  return s;
};

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
    const s = open();
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
    const s = open();
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
    ['opened by another than the consignee', 'opened', { items: 1 }, 'custody.not-consignee'],
    ['refused by another than the addressee', 'refused', { why: 'no' }, 'custody.role'],
    ['approved by another than the sender', 'approved', {}, 'custody.role'],
    ['redirected by another than the sender', 'redirected', { to: 'stranger' }, 'custody.role'],
    ['imported by a device', 'imported', { what: 'scanned' }, 'custody.role'],
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

describe('seals', () => {
  const sealed = () => {
    const s = open();
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
    const s = open({ pieces: 2 });
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

describe('hand-off', () => {
  it('accepted with no open offer → handoff.without-release', () => {
    const s = open();
    expect(s.findings(s.tell('accepted', 'post', { cond: 'ok' }))).toEqual(['handoff.without-release']);
  });
});

describe('dispatch', () => {
  const release = (claims: Record<string, unknown>, mode = 'meet', approver?: Record<string, unknown>) => {
    const s = open(claims);
    if (approver) s.tell('approved', 'sender', {}, { standing: approver });
    return s.findings(s.tell('released', 'sender', { to: 'post', mode }));
  };
  const second = { person: 'second' };

  it('sensitive, encrypted, approved by a second person, with a basis → nothing', () => {
    expect(release(sensitive, 'meet', second)).toEqual([]);
  });

  it.each([
    ['not encrypted', { ...sensitive, enc: { how: 'none' } }, 'meet', second, ['dispatch.unencrypted']],
    ['not approved', sensitive, 'meet', undefined, ['dispatch.unapproved']],
    ['approved by the one who registered', sensitive, 'meet', { person: 'person-of-sender' }, ['dispatch.unapproved']],
    ['dropped at a door', sensitive, 'drop', second, ['dispatch.way-not-allowed']],
    ['personal without a basis', { class: 'personal', enc: { how: 'none' } }, 'meet', undefined, ['dispatch.no-basis']],
    ['internal without anything', {}, 'meet', undefined, []],
  ])('%s → %#', (_what, claims, mode, approver, codes) => {
    expect(release(claims, mode, approver)).toEqual(codes);
  });

  it('approved after the release was signed → dispatch.unapproved', () => {
    const s = open(sensitive);
    s.tell('approved', 'sender', {}, { standing: second, iat: 1_460_000_000 });
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet' }))).toEqual(['dispatch.unapproved']);
  });

  it('between units of the sender → not judged', () => {
    const s = open({ ...sensitive, enc: { how: 'none' } });
    expect(s.findings(s.tell('released', 'sender', { to: 'sender', mode: 'meet' }))).toEqual([]);
  });
});

describe('chain and keys', () => {
  it('a fork → chain.disputed on every branch but the first recorded', () => {
    const s = open();
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
    const s = open();
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { drift }))).toEqual(codes);
  });

  it('a suspect key → stands, key.suspect', () => {
    const s = open();
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { standing: { key: 'suspect' } });
    expect(s.findings(released)).toEqual(['key.suspect']);
    expect(s.state().status).toBe('offered');
  });

  it('a second opening, a wrong seq → custody.twice, token.malformed', () => {
    const s = open();
    const [opening] = s.tokens;
    const { jti } = opening?.claims ?? {};
    const twice = s.tell('registered', 'sender', { ...opening?.claims, jti, pieces: 9 });
    expect(s.findings(twice)).toEqual(['custody.twice']);
    const wrong = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { claims: { seq: 9 } });
    expect(s.findings(wrong)).toEqual(['token.malformed']);
  });
});

describe('deadlines', () => {
  const at = (s: Scenario, code: string) => deadlines(s.state(), context).filter((deadline) => deadline.code === code);

  it('a release to meet → 15 minutes; accepted in time by its own clock → met', () => {
    const s = open();
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const due = released.claims.iat + 900;
    expect(at(s, 'handoff.unanswered')).toEqual([
      { code: 'handoff.unanswered', tid: released.tid, at: due, met: false },
    ]);
    s.tell('accepted', 'post', { cond: 'ok' });
    expect(at(s, 'handoff.unanswered')).toMatchObject([{ met: true }]);
  });

  it('accepted too late, or answered after `until` → not met', () => {
    const s = open();
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet', until: 1_450_000_200 });
    s.tell('accepted', 'post', { cond: 'ok' }, { iat: 1_450_000_201 });
    expect(findingsAt(s.state(), context, 1_450_000_200).get(released.tid)).toEqual(['handoff.unanswered']);
  });

  it('delivered, says a gateway → the consignee has the policy’s working hours to confirm', () => {
    const s = carried();
    // Friday 2016-02-19 15:00 in Copenhagen; eight working hours end on Monday at 15:00.
    const friday = Date.parse('2016-02-19T14:00:00Z') / 1000;
    const monday = Date.parse('2016-02-22T14:00:00Z') / 1000;
    const said = s.tell('imported', 'post', { what: 'delivered', when: friday }, { standing: { use: 'gateway' } });
    expect(at(s, 'delivered.unconfirmed')).toEqual([
      { code: 'delivered.unconfirmed', tid: said.tid, at: monday, met: false },
    ]);
    s.tell('confirmed', 'consignee' satisfies string, { pieces: 1, unopened: true, when: monday });
    expect(at(s, 'delivered.unconfirmed')).toMatchObject([{ met: true }]);
  });

  it('due passed without arrival → arrival.overdue; void → no longer asked', () => {
    const s = open();
    const due = s.state().due ?? 0;
    expect(at(s, 'arrival.overdue')).toMatchObject([{ at: due, met: false }]);
    s.tell('voided', 'sender', { why: 'mistake' });
    expect(at(s, 'arrival.overdue')).toMatchObject([{ met: true }]);
  });

  it('a gap → a finding after ten minutes', () => {
    const s = open();
    const missing = new Scenario().registered().tid;
    const gap = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: missing });
    const seen = Math.floor(gap.recordedAt / 1000);
    expect(at(s, 'chain.gap')).toEqual([{ code: 'chain.gap', tid: gap.tid, at: seen + 600, met: false }]);
  });
});
