// The fold where it branches, waits or starts over (docs/protocol, section 4, rules 4 to 6).

import type { RecordedToken } from './recorded.js';
import { Scenario } from './scenario/scenario.js';
import { opened, told } from './scenario/stories.js';

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

describe('what comes late to the tip', () => {
  const inEveryOrder = (s: Scenario, late: RecordedToken) => {
    const others = s.tokens.filter((token) => token !== late);
    const [first, last] = [s.state([late, ...others]), s.state([...others, late])];
    expect({ ...last, waiting: [], history: [], gapTimes: [] }).toEqual({
      ...first,
      waiting: [],
      history: [],
      gapTimes: [],
    });
    return last;
  };

  it('a remark that can only be heeded for an earlier one that is recorded after it → heeded', () => {
    const s = opened();
    const heldBack = s.tell('redirected', 'sender', { to: 'elsewhere' });
    s.tell('reported', 'elsewhere', { what: 'lost' });
    expect(inEveryOrder(s, heldBack).tipRemark).toMatchObject({ iat: s.tokens.at(-1)?.claims.iat });
  });

  it('remarks beside the tip, on what a revoked key signed → read after those on the tip, however recorded', () => {
    const s = opened();
    const [opening] = s.tokens;
    if (!opening) throw new Error('the scenario lost its opening');
    const moot = s.tell('sealed', 'sender', { seals: { A: 'H' } }, { standing: { key: 'revoked' } });
    const beside = s.tell('redirected', 'sender', { to: 'elsewhere' }, { after: moot });
    const late = s.tell('redirected', 'sender', { to: 'consignee' }, { after: opening });
    expect(inEveryOrder(s, late)).toMatchObject({ consignee: 'consignee', tipRemark: { tid: beside.tid } });
  });
});
