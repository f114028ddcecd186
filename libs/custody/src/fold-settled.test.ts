// A disputed chain goes on once its responsible party has settled it (docs/protocol, section 4, rule 4).

import { deadlines } from './deadlines.js';
import type { RecordedToken } from './recorded.js';
import { context, Scenario } from './scenario/scenario.js';

/** The sender withdrew; the post, offline, accepted. The sender is responsible and must say which is true. */
function forked() {
  const s = new Scenario();
  const opening = s.registered();
  const release = s.tell('released', 'sender', { to: 'post', mode: 'meet' });
  const withdrawn = s.tell('withdrawn', 'sender', {}, { after: release });
  const accepted = s.tell('accepted', 'post', { cond: 'ok' }, { after: release });
  const settle = (of: RecordedToken, iss = 'sender', more = {}) =>
    s.tell('settled', iss, { of: of.tid }, { after: release, ...more });
  return { s, opening, release, withdrawn, accepted, settle };
}

describe('rule 4, settled', () => {
  it('for the branch in which it was accepted → goes on there, as if the other had not been', () => {
    const { s, accepted, settle } = forked();
    const settled = settle(accepted);
    expect(s.state()).toMatchObject({
      status: 'in-custody',
      holder: 'post',
      responsible: 'post',
      head: accepted.tid,
      tip: accepted.tid,
      seq: 2,
      offer: null,
      disputed: [],
    });
    expect(s.findings(settled)).toEqual([]);
  });

  it('for the branch in which it was withdrawn → it never left, and may be voided', () => {
    const { s, withdrawn, settle } = forked();
    settle(withdrawn);
    expect(s.state()).toMatchObject({
      status: 'prepared',
      holder: 'sender',
      head: withdrawn.tid,
      left: false,
      parties: ['sender', 'consignee', 'post'],
    });
    expect(s.findings(s.tell('voided', 'sender', { why: 'no' }, { after: withdrawn }))).toEqual([]);
    expect(s.state().status).toBe('void');
  });

  it('who took part in another branch → still belongs to the chain and may report', () => {
    const { s, release, withdrawn, settle } = forked();
    s.tell('accepted', 'stranger', { cond: 'ok' }, { after: release });
    settle(withdrawn);
    expect(s.state().parties).toEqual(['sender', 'consignee', 'post', 'stranger']);
    const reported = s.tell('reported', 'stranger', { what: 'other' }, { after: withdrawn });
    expect(s.findings(reported)).toEqual(['parcel.reported']);
  });

  it('by any token of the branch: one that follows, a remark, one of wrong hands', () => {
    for (const evt of ['released', 'reported', 'sealed'] as const) {
      const { s, accepted, settle } = forked();
      const claims = {
        released: { to: 'consignee', mode: 'meet' },
        reported: { what: 'other' },
        sealed: { seals: {} },
      };
      const later = s.tell(evt, evt === 'sealed' ? 'stranger' : 'post', claims[evt], { after: accepted });
      settle(later);
      expect(s.state()).toMatchObject({ disputed: [], holder: 'post' });
    }
  });

  it('what follows on the true branch → simply follows, what follows on the other → moves nothing', () => {
    const { s, withdrawn, accepted, settle } = forked();
    settle(accepted);
    s.tell('released', 'sender', { to: 'consignee', mode: 'meet' }, { after: withdrawn });
    s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { after: accepted });
    s.tell('accepted', 'consignee', { cond: 'ok' });
    expect(s.state()).toMatchObject({ status: 'arrived', holder: 'consignee', responsible: 'consignee', seq: 4 });
  });

  it('the other branch keeps its findings', () => {
    const { s, accepted, withdrawn, settle } = forked();
    const off = s.tell('released', 'sender', { to: 'elsewhere', mode: 'meet' }, { after: withdrawn });
    const before = [s.findings(accepted), s.findings(off)];
    expect(before).toEqual([['chain.disputed'], ['misdelivery.off-route']]);
    settle(accepted);
    expect([s.findings(accepted), s.findings(off)]).toEqual(before);
  });

  it('twice → the latest by signing time counts, whichever was recorded first', () => {
    const { s, release, withdrawn, accepted, settle } = forked();
    const late = settle(withdrawn, 'sender', { iat: 1_450_000_900, recorded: 1_450_001_000 });
    const early = settle(accepted, 'sender', { iat: 1_450_000_800, recorded: 1_450_001_000 });
    expect(s.state()).toMatchObject({ status: 'prepared', head: withdrawn.tid });
    const [opening] = s.tokens;
    if (!opening) throw new Error('the scenario lost its opening');
    const other = s.state([opening, release, withdrawn, accepted, early, late]);
    expect(other).toMatchObject({ status: 'prepared', head: withdrawn.tid });
  });

  it.each(['post', 'consignee', 'stranger'])('by %s, who is not responsible → custody.role, still disputed', (iss) => {
    const { s, accepted, settle } = forked();
    expect(s.findings(settle(accepted, iss))).toEqual(['custody.role']);
    expect(s.state().status).toBe('disputed');
  });

  it('hung on its own branch by its taker → custody.role: nobody is made responsible by a disputed hand-off', () => {
    const { s, accepted } = forked();
    const settled = s.tell('settled', 'post', { of: accepted.tid }, { after: accepted });
    expect(s.findings(settled)).toEqual(['custody.role']);
    expect(s.state().status).toBe('disputed');
  });

  it('hung on the branch by the responsible party, who knew no other head → counts', () => {
    const { s, accepted } = forked();
    const settled = s.tell('settled', 'sender', { of: accepted.tid }, { after: accepted });
    expect(s.findings(settled)).toEqual([]);
    expect(s.state()).toMatchObject({ status: 'in-custody', disputed: [] });
  });

  it('of a token before the fork → settles nothing', () => {
    const { s, release, settle } = forked();
    expect(s.findings(settle(release))).toEqual([]);
    expect(s.state().status).toBe('disputed');
  });

  it('of a token nobody has recorded yet → waits as a gap, and counts when that comes', () => {
    const { s, opening, release, withdrawn, accepted, settle } = forked();
    const settled = settle(accepted);
    const third = s.tell('refused', 'post', { why: 'no' }, { after: release });
    const gappy = s.state([opening, release, withdrawn, third, settled]);
    expect(gappy).toMatchObject({ status: 'disputed', gaps: [settled.tid] });
    expect(s.state([opening, release, withdrawn, third, settled, accepted])).toMatchObject({
      status: 'in-custody',
      gaps: [],
      waiting: [],
    });
  });

  it('with a revoked key → settles nothing; witnessed → does', () => {
    const { s, accepted, settle } = forked();
    const settled = settle(accepted, 'sender', { standing: { key: 'revoked' }, key: 'stolen' });
    expect(s.state().status).toBe('disputed');
    expect(s.findings(settled)).toEqual(['key.revoked']);
    s.tell('witnessed', 'sender', { of: settled.tid }, { after: accepted });
    expect(s.state().status).toBe('in-custody');
    expect(s.findings(settled)).toEqual(['key.revoked']);
  });

  it('a fork inside the true branch → stays disputed until its own responsible party settles it', () => {
    const { s, accepted, settle } = forked();
    const one = s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { after: accepted });
    const two = s.tell('released', 'post', { to: 'consignee', mode: 'drop' }, { after: accepted });
    settle(one);
    expect(s.state()).toMatchObject({ status: 'disputed', disputed: [one.tid, two.tid], holder: 'post' });
    const inner = s.tell('settled', 'post', { of: two.tid }, { after: accepted });
    expect(s.findings(inner)).toEqual([]);
    expect(s.state()).toMatchObject({ status: 'offered', offer: { tid: two.tid }, disputed: [] });
  });

  it('an answer on the other branch → meets no deadline any more', () => {
    const { s, accepted, settle } = forked();
    const again = s.tell('released', 'post', { to: 'consignee', mode: 'meet' }, { after: accepted });
    settle(again);
    const handOffs = deadlines(s.state(), context).filter(({ code }) => code === 'handoff.unanswered');
    expect(handOffs.map(({ tid, met }) => [tid, met])).toEqual([
      [s.tokens[1]?.tid, true],
      [again.tid, false],
    ]);
  });
});
