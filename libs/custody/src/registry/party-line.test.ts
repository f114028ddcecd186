// The line rules as they read for party chains (docs/protocol, section 4).

import type { TokenId } from '@unbroken/tokens';
import { Registry } from './registry.js';
import { asParty, enrolment, kidOf, RegistryStory, someHash } from './registry-story.js';

let s: RegistryStory;
let opening: TokenId;
beforeEach(() => {
  s = new RegistryStory();
  opening = s.admitted('post');
});
const state = () => s.registry.partyState(asParty('post'));
const counts = (name: string) => s.registry.keyAt(kidOf(name)) !== undefined;
const findings = (tid: TokenId) => s.registry.findingsOf(tid);

describe('the line', () => {
  it('token on token → the last one is head', () => {
    expect(state()).toMatchObject({ status: 'admitted', head: opening, seq: 0 });
    const second = s.enrolled('post', 'scanner');
    expect(state()).toMatchObject({ head: second, seq: 1 });
  });

  it('a remark → is never head', () => {
    s.admit('post', ['sender']);
    expect(state()).toMatchObject({ head: opening, seq: 0 });
  });
});

describe('rule 1: wrong hands', () => {
  const spy = (after?: TokenId) =>
    s.enrolled('post', 'spy', {}, { iss: 'bank', key: 'bank root', ...(after && { after }) });
  beforeEach(() => s.admitted('bank'));

  it('signed by another → moves nothing and is head only while nothing else follows', () => {
    const wrong = spy(opening);
    expect(findings(wrong)).toEqual(['custody.role']);
    expect(state()).toMatchObject({ head: wrong, seq: 1 });
    const rightful = s.enrolled('post', 'scanner', {}, { after: opening });
    expect(findings(rightful)).toEqual([]);
    expect(state()).toMatchObject({ status: 'admitted', head: rightful, seq: 1, disputed: [] });
  });

  it('after something rightful on the same token → neither forks nor is head', () => {
    const rightful = s.enrolled('post', 'scanner', {}, { after: opening });
    spy(opening);
    expect(state()).toMatchObject({ head: rightful, disputed: [] });
  });

  it('what is signed on it → counts', () => {
    const rightful = s.enrolled('post', 'scanner', {}, { after: spy() });
    expect(counts('scanner')).toBe(true);
    expect(state()).toMatchObject({ head: rightful, seq: 2 });
  });
});

describe('rule 4: fork', () => {
  it('two line tokens on the same one → both count, every branch but the first is chain.disputed', () => {
    const first = s.enrolled('post', 'scanner', {}, { after: opening });
    const second = s.enrolled('post', 'phone', {}, { after: opening });
    const third = s.enrolled('post', 'gate', {}, { after: opening });
    expect([first, second, third].map(findings)).toEqual([[], ['chain.disputed'], ['chain.disputed']]);
    expect(['scanner', 'phone', 'gate'].map(counts)).toEqual([true, true, true]);
    expect(state()).toMatchObject({ status: 'disputed', disputed: [first, second, third] });
  });

  it('head → goes on along the branch recorded first', () => {
    const first = s.enrolled('post', 'scanner', {}, { after: opening });
    const other = s.enrolled('post', 'phone', {}, { after: opening });
    const onOther = s.enrolled('post', 'gate', {}, { after: other });
    expect(findings(onOther)).toEqual([]);
    expect(state()).toMatchObject({ head: first, seq: 1 });
    const onFirst = s.enrolled('post', 'desk', {}, { after: first });
    expect(state()).toMatchObject({ head: onFirst, seq: 2 });
  });

  it('a revocation in any branch → counts', () => {
    const first = s.enrolled('post', 'scanner', {}, { after: opening });
    s.revoked('post', 'scanner', s.now, { after: opening });
    s.enrolled('post', 'phone', {}, { after: first });
    const now = { iat: s.now, registrySize: s.registry.size };
    expect(s.registry.standing(kidOf('scanner'), now).key).toBe('revoked');
  });

  it('a remark beside a line token → is no fork', () => {
    s.enrolled('post', 'scanner', {}, { after: opening });
    s.admit('post', ['sender'], { after: opening });
    expect(state()?.disputed).toEqual([]);
  });

  it('on a second opening → folded as if on the first', () => {
    const first = s.enrolled('post', 'scanner');
    const again = s.established('post');
    const onIt = s.enrolled('post', 'phone', {}, { after: again });
    expect(findings(again)).toEqual(['custody.twice']);
    expect(findings(onIt)).toEqual(['chain.disputed']);
    expect(counts('phone')).toBe(true);
    expect(state()?.head).toBe(first);
  });
});

describe('rule 5: gap', () => {
  it('`prev` not recorded → waits without effect and is a gap; once it is there, counts from that entry', () => {
    const missing = s.sign('post', 'enrolled', enrolment('scanner'));
    const waiting = s.enrolled('post', 'phone');
    expect(counts('phone')).toBe(false);
    expect(state()).toMatchObject({ head: opening, gaps: [waiting] });

    const filled = s.record(missing);
    expect(state()).toMatchObject({ head: waiting, seq: 2, gaps: [] });
    expect(s.registry.keyAt(kidOf('phone'))?.enrolledAt).toBe(filled.index);
    expect(s.registry.keyAt(kidOf('phone'), filled.index)).toBeUndefined();
    expect(findings(waiting)).toEqual([]);
  });

  it('a chain of them → only the one whose own `prev` is missing is a gap, and all are placed at once', () => {
    const missing = s.sign('post', 'enrolled', enrolment('scanner'));
    const gap = s.enrolled('post', 'phone');
    const behind = s.enrolled('post', 'gate');
    expect(state()?.gaps).toEqual([gap]);
    s.record(missing);
    expect(state()).toMatchObject({ head: behind, seq: 3, gaps: [] });
    expect(counts('gate')).toBe(true);
  });

  it('an admission recorded before what it hangs on → counts when that comes', () => {
    const missing = s.sign('post', 'enrolled', enrolment('scanner'));
    s.admit('post', ['courier']);
    expect(s.registry.party(asParty('post'))?.granted).toEqual(['sender']);
    s.record(missing);
    expect(s.registry.party(asParty('post'))?.granted).toEqual(['courier']);
  });

  it('on a malformed token → waits, and is no gap', () => {
    const after = s.malformed('post');
    s.enrolled('post', 'scanner', {}, { after });
    expect(counts('scanner')).toBe(false);
    expect(state()).toMatchObject({ head: opening, gaps: [] });
  });

  it("on a token of another party's chain → waits as a gap", () => {
    const waiting = s.enrolled('post', 'scanner', {}, { after: s.admitted('bank'), seq: 1 });
    expect(state()).toMatchObject({ head: opening, gaps: [waiting] });
  });

  it('its key revoked while it waited → stands, for it was recorded before', () => {
    const missing = s.sign('post', 'enrolled', enrolment('scanner'));
    const waiting = s.enrolled('post', 'phone');
    s.revoked('post', 'post root', s.now - 30, { after: opening });
    s.record(missing);
    expect(counts('phone')).toBe(true);
    expect(findings(missing.tid)).toEqual(['chain.disputed']);
    expect(findings(waiting)).toEqual(['key.suspect']);
  });
});

describe('rule 9: revoked', () => {
  it('takes no place; what hangs on it is folded as if on its `prev`', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    const head = s.revoked('post', 'office', s.now);
    const revoked = s.enrolled('post', 'spy', {}, { key: 'office' });
    expect(findings(revoked)).toEqual(['key.revoked']);
    expect(state()).toMatchObject({ head, seq: 2 });
    const onIt = s.enrolled('post', 'scanner', {}, { after: revoked });
    expect(state()).toMatchObject({ head: onIt, seq: 4, disputed: [] });
    expect(counts('scanner')).toBe(true);
    expect(counts('spy')).toBe(false);
  });

  it('wrong hands on a revoked token → head while nothing else follows, as if on its `prev`', () => {
    s.admitted('bank');
    s.enrolled('post', 'office', { use: 'enroller' });
    s.revoked('post', 'office', s.now);
    const revoked = s.enrolled('post', 'spy', {}, { key: 'office' });
    const wrong = s.enrolled('post', 'mole', {}, { after: revoked, iss: 'bank' });
    expect(state()?.head).toBe(wrong);
  });
});

describe('rule 10: malformed in context', () => {
  it.each([2, 7])('`seq` %i where 1 follows → token.malformed, no effect, no place', (seq) => {
    const malformed = s.enrolled('post', 'scanner', {}, { seq });
    expect(findings(malformed)).toEqual(['token.malformed']);
    expect(counts('scanner')).toBe(false);
    expect(state()).toMatchObject({ head: opening, seq: 0 });
  });

  it('`seq` of its own `prev` again → token.malformed', () => {
    s.enrolled('post', 'scanner');
    expect(findings(s.enrolled('post', 'phone', {}, { seq: 1 }))).toEqual(['token.malformed']);
    expect(counts('phone')).toBe(false);
  });

  it('an opening that is not number 0 → token.malformed, nothing opens', () => {
    expect(findings(s.established('bank', { seq: 1 }))).toEqual(['token.malformed']);
    expect(s.registry.partyState(asParty('bank'))).toBeUndefined();
  });

  it('`prev` names a remark → token.malformed, for line tokens and remarks alike', () => {
    const remark = s.admit('post', ['sender']);
    expect(findings(s.enrolled('post', 'scanner', {}, { after: remark, seq: 1 }))).toEqual(['token.malformed']);
    expect(findings(s.admit('post', ['courier'], { after: remark }))).toEqual(['token.malformed']);
    expect(s.registry.party(asParty('post'))?.granted).toEqual(['sender']);
  });

  it('found malformed only when its `prev` comes → what hangs on it goes on waiting', () => {
    const missing = s.sign('post', 'enrolled', enrolment('scanner'));
    const malformed = s.enrolled('post', 'phone', {}, { seq: 9 });
    s.enrolled('post', 'gate');
    s.record(missing);
    expect(findings(malformed)).toEqual(['token.malformed']);
    expect(counts('gate')).toBe(false);
    expect(state()).toMatchObject({ head: missing.tid, gaps: [] });
  });

  it('claims that could not be read → token.malformed', () => {
    expect(findings(s.malformed('post'))).toEqual(['token.malformed']);
  });
});

describe('chain.backdated', () => {
  const before = () => ({ iat: 1_600_000_000 });

  it('`iat` before that of its `prev` → found, for remarks too, and it counts all the same', () => {
    expect(findings(s.enrolled('post', 'scanner', {}, before()))).toEqual(['chain.backdated']);
    expect(findings(s.admit('post', ['courier'], { ...before(), after: opening }))).toEqual(['chain.backdated']);
    expect(counts('scanner')).toBe(true);
  });

  it('with a revoked key → what it says is not judged', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    const since = s.now - 90;
    s.revoked('post', 'office', since);
    expect(findings(s.enrolled('post', 'spy', {}, { key: 'office', iat: since }))).toEqual(['key.revoked']);
  });

  it('the same second → not found', () => {
    const iat = s.now;
    const [first, second] = [1, 2].map((n) => s.enrolled('post', `key ${n}`, {}, { iat: iat + 500 }));
    expect([first, second].map((tid) => tid && findings(tid))).toEqual([[], []]);
  });
});

it('the same tokens in any order of recording → the same state, but for when it came about', () => {
  const tokens = [
    s.sign('post', 'enrolled', enrolment('scanner')),
    s.sign('post', 'sited', { site: 'dock', geo: [1, 2], radius: 3 }),
    s.sign('post', 'policed', { policy: someHash('policy') }),
    s.sign('post', 'revoked', { kid: kidOf('scanner'), since: s.now, why: 'lost' }),
  ];
  const opened = s.log;
  const states = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
  ].map((order) => {
    const registry = new Registry({ operator: asParty('operator') });
    const log = [...opened, ...order.flatMap((n) => tokens[n] ?? [])];
    log.forEach((token, index) => registry.append({ ...token, index, recordedAt: index }));
    const { keys = [], ...rest } = registry.partyState(asParty('post')) ?? {};
    return { ...rest, keys: keys.map(({ kid, revoked }) => ({ kid, revokedSince: revoked?.since })) };
  });
  expect(states[0]).toMatchObject({ seq: 4, gaps: [], sites: [{ site: 'post/dock' }], policies: [someHash('policy')] });
  expect(states[1]).toEqual(states[0]);
  expect(states[2]).toEqual(states[0]);
});
