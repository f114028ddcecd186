// What is found by policy and by the clock: dispatch and deadlines (docs/protocol, section 5).

import { deadlines } from './deadlines.js';
import { findingsAt } from './findings.js';
import { context, Scenario } from './scenario/scenario.js';
import { carried, opened } from './scenario/stories.js';

const sensitive = { class: 'sensitive', enc: { how: 'luks' }, basis: { code: 'gdpr-6-1-e', ref: 'Act 12' } };

describe('dispatch', () => {
  const release = (claims: Record<string, unknown>, mode = 'meet', approver?: Record<string, unknown>) => {
    const s = opened(claims);
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
    const s = opened(sensitive);
    s.tell('approved', 'sender', {}, { standing: second, iat: 1_460_000_000 });
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet' }))).toEqual(['dispatch.unapproved']);
  });

  it('between units of the sender → not judged', () => {
    const s = opened({ ...sensitive, enc: { how: 'none' } });
    expect(s.findings(s.tell('released', 'sender', { to: 'sender', mode: 'meet' }))).toEqual([]);
  });
});

describe('deadlines', () => {
  const at = (s: Scenario, code: string) => deadlines(s.state(), context).filter((deadline) => deadline.code === code);

  it('a release to meet → 15 minutes; accepted in time by its own clock → met', () => {
    const s = opened();
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    const due = released.claims.iat + 900;
    expect(at(s, 'handoff.unanswered')).toEqual([
      { code: 'handoff.unanswered', tid: released.tid, at: due, met: false },
    ]);
    s.tell('accepted', 'post', { cond: 'ok' });
    expect(at(s, 'handoff.unanswered')).toMatchObject([{ met: true }]);
  });

  it('accepted too late, or answered after `until` → not met', () => {
    const s = opened();
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

  it('a release signed ahead of its time → the time runs from when it was recorded', () => {
    const s = opened();
    const now = s.tokens[0]?.claims.iat ?? 0;
    s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { iat: now + 365 * 86_400, recorded: now + 60 });
    expect(at(s, 'handoff.unanswered')).toMatchObject([{ at: now + 60 + 15 * 60, met: false }]);
  });

  it('due passed without arrival → arrival.overdue; void → no longer asked', () => {
    const s = opened();
    const due = s.state().due ?? 0;
    expect(at(s, 'arrival.overdue')).toMatchObject([{ at: due, met: false }]);
    s.tell('voided', 'sender', { why: 'mistake' });
    expect(at(s, 'arrival.overdue')).toMatchObject([{ met: true }]);
  });

  it('a gap → a finding after ten minutes', () => {
    const s = opened();
    const missing = new Scenario().registered().tid;
    const gap = s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { after: missing });
    const seen = Math.floor(gap.recordedAt / 1000);
    expect(at(s, 'chain.gap')).toEqual([{ code: 'chain.gap', tid: gap.tid, at: seen + 600, met: false }]);
  });
});
