// What is found by policy and by the clock: dispatch and deadlines (docs/protocol, section 5).

import { deadlines } from './deadlines.js';
import { findingsAt } from './findings.js';
import type { JudgeContext } from './judge/judged.js';
import { defaultPolicy } from './policy/default-policy.js';
import { context, Scenario } from './scenario/scenario.js';
import { carried, opened, told } from './scenario/stories.js';

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

  it('the glass broken by a known person, who may be the first → it goes, and that is told', () => {
    const s = opened(sensitive);
    const broken = s.tell('approved', 'sender', { glass: 'court-order' });
    expect(s.findings(broken)).toEqual(['dispatch.break-glass']);
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet' }))).toEqual([]);
  });

  it.each([
    ['by nobody in particular', { standing: { person: undefined } }, ['dispatch.break-glass']],
    ['after it was released', { iat: 1_460_000_000 }, ['dispatch.break-glass']],
    ['with a key taken back', { standing: { key: 'revoked' as const } }, ['key.revoked']],
  ])('the glass broken %s → dispatch.unapproved all the same', (_, circumstances, told) => {
    const s = opened(sensitive);
    const broken = s.tell('approved', 'sender', { glass: 'court-order' }, circumstances as object);
    const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
    expect(s.findings(released)).toEqual(['dispatch.unapproved']);
    expect(s.findings(broken)).toEqual(told);
  });

  it('the glass broken by another party → custody.role, and nothing of it counts', () => {
    const s = opened(sensitive);
    const broken = s.tell('approved', 'post', { glass: 'court-order' });
    expect(s.findings(s.tell('released', 'sender', { to: 'post', mode: 'meet' }))).toEqual(['dispatch.unapproved']);
    expect(s.findings(broken)).toEqual(['custody.role']);
  });

  describe('the policy names who may approve', () => {
    const approval = { from: 'sensitive' as const, by: ['person-of-sender', 'chief-0001'], deputies: ['deputy-01'] };
    const named: JudgeContext = { ...context, policyOf: () => ({ ...defaultPolicy, approval }) };
    it.each([
      ['one of them', 'chief-0001', {}, true],
      ['somebody else', 'second', {}, false],
      ['the one who registered', 'person-of-sender', {}, false],
      ['a deputy in the place of one of them', 'deputy-01', { for: 'chief-0001' }, true],
      ['a deputy in nobody’s place', 'deputy-01', {}, false],
      ['a deputy in the place of somebody else', 'deputy-01', { for: 'second00' }, false],
      ['a deputy in the place of the one who registered', 'deputy-01', { for: 'person-of-sender' }, false],
      ['somebody who is no deputy', 'second', { for: 'chief-0001' }, false],
    ])('%s → approved: %s', (_, person, claims, approved) => {
      const s = opened(sensitive);
      s.tell('approved', 'sender', claims, { standing: { person } });
      const released = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
      expect(s.findings(released, named)).toEqual(approved ? [] : ['dispatch.unapproved']);
    });
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
    const said = s.tell(
      'imported',
      'post',
      { what: 'delivered', when: friday, src: 'A'.repeat(43) },
      { standing: { use: 'gateway' } },
    );
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

describe('what has not left', () => {
  const overdue = (s: Scenario) => deadlines(s.state(), context).filter(({ code }) => code === 'dispatch.overdue');
  const wednesday = Date.parse('2015-12-16T14:59:00Z') / 1000;

  it('registered on a Sunday → three working days to let it go, by the end of Wednesday', () => {
    const s = opened();
    const at = Date.parse('2015-12-16T15:00:00Z') / 1000;
    expect(overdue(s)).toEqual([{ code: 'dispatch.overdue', tid: s.tokens[0]?.tid, at, met: false }]);
  });

  it.each([
    ['released in time', wednesday, true],
    ['released two minutes later', wednesday + 120, false],
  ])('%s, whenever it is recorded → met: %#', (_what, iat, met) => {
    const s = opened();
    s.tell('released', 'sender', { to: 'post', mode: 'meet' }, { iat, recorded: wednesday + 30 * 86_400 });
    expect(overdue(s)).toMatchObject([{ met }]);
  });

  it('void → nobody waits; a policy of its own → its time', () => {
    const s = opened();
    const strict = { ...defaultPolicy.deadlines, dispatch: { seconds: 60, counted: 'always' as const } };
    const under = { ...context, policyOf: () => ({ ...defaultPolicy, deadlines: strict }) };
    const at = (s.tokens[0]?.claims.iat ?? 0) + 60;
    expect(deadlines(s.state(), under)).toContainEqual(expect.objectContaining({ code: 'dispatch.overdue', at }));
    s.tell('voided', 'sender', { why: 'mistake' });
    expect(overdue(s)).toMatchObject([{ met: true }]);
  });
});

describe('silence', () => {
  const silence = (s: Scenario) => deadlines(s.state(), context).filter(({ code }) => code === 'parcel.silent');

  it('a courier holds it → three working days from the record of its newest token, a remark among them', () => {
    const s = carried();
    const accepted = s.tokens.at(-1);
    expect(silence(s)).toEqual([
      {
        code: 'parcel.silent',
        tid: accepted?.tid,
        at: Date.parse('2015-12-16T15:00:00Z') / 1000,
        met: false,
        pipeline: 'post',
      },
    ]);
    const monday = Date.parse('2015-12-14T09:46:40Z') / 1000;
    const attempted = s.tell('attempted', 'post', { why: 'nobody-home' }, { recorded: monday });
    expect(silence(s)).toMatchObject([{ tid: attempted.tid, at: monday + 3 * 86_400, pipeline: 'post' }]);
  });

  it('long due → no finding of the chain alone, which does not show whether the courier is heard of', () => {
    const s = carried();
    const found = [...findingsAt(s.state(), context, 1_480_000_000).values()].flat();
    expect(found).toEqual(['arrival.overdue']);
  });

  it('counted in the hours of who holds it', () => {
    const s = carried();
    const night = [['00:00', '24:00'] as [string, string]];
    const always = {
      tz: 'UTC',
      week: { mon: night, tue: night, wed: night, thu: night, fri: night, sat: night, sun: night },
    };
    const [silent] = deadlines(s.state(), {
      ...context,
      hoursOf: (party) => (party === 'post' ? always : undefined),
    }).filter(({ code }) => code === 'parcel.silent');
    expect(silent?.at).toBe((s.tokens.at(-1)?.recordedAt ?? 0) / 1000 + 86_400);
  });

  it.each([
    ['still with its sender', () => opened()],
    ['offered and not yet accepted', () => told((s) => s.tell('released', 'sender', { to: 'post', mode: 'meet' }))],
    ['with its consignee', () => told((s) => (s.handOff('sender', 'post'), s.handOff('post', 'consignee')))],
    [
      'reported lost by who has it',
      () => told((s) => (s.handOff('sender', 'post'), s.tell('reported', 'post', { what: 'lost' }))),
    ],
    [
      'astray',
      () =>
        told(
          (s) => (
            s.handOff('sender', 'post'),
            s.tell('released', 'post', { to: 'consignee', mode: 'meet' }),
            s.tell('accepted', 'stranger', { cond: 'ok' })
          ),
        ),
    ],
  ])('%s → not waited for', (_what, story) => expect(silence(story())).toEqual([]));
});

describe('whose hours', () => {
  const office = (from: string, to: string) => {
    const day = [[from, to] as [string, string]];
    return { tz: 'UTC', week: { mon: day, tue: day, wed: day, thu: day, fri: day } };
  };
  const hoursOf: JudgeContext['hoursOf'] = (_party, site) =>
    site === 'post/depot' ? office('18:00', '20:00') : office('08:00', '10:00');
  const due = (release: Record<string, unknown>) => {
    const s = opened();
    // Thursday, at noon.
    const released = s.tell(
      'released',
      'sender',
      { to: 'post', mode: 'drop', ...release },
      { iat: Date.parse('2016-02-18T12:00:00Z') / 1000 },
    );
    const answer = deadlines(s.state(), { ...context, hoursOf }).find(
      ({ tid, code }) => tid === released.tid && code === 'handoff.unanswered',
    );
    return new Date((answer?.at ?? 0) * 1000).toISOString();
  };

  it('dropped at a site → that site’s hours; nowhere in particular → those of who is to take it; meeting → none', () => {
    expect(due({ at: 'post/depot' })).toBe('2016-02-23T20:00:00.000Z');
    expect(due({})).toBe('2016-02-24T10:00:00.000Z');
    expect(due({ mode: 'meet' })).toBe('2016-02-18T12:15:00.000Z');
    expect(due({ until: 1_455_900_000, at: 'post/depot' })).toBe('2016-02-19T16:40:00.000Z');
  });
});
