// What is found of remarks that speak of another token, of a finder, or of the key to a medium (docs/protocol, section 5).

import { Scenario } from './scenario/scenario.js';
import { carried, opened } from './scenario/stories.js';

const wraps = 'A'.repeat(43);
const note = 'B'.repeat(42) + 'A';

describe('found', () => {
  const says = { opened: 'yes', mine: false, left: 'kept-closed' };

  it('a finder says that it is not theirs → misdelivery.stranger, and the state stays', () => {
    const s = carried();
    const before = s.state();
    expect(s.findings(s.tell('found', 'operator', says))).toEqual(['misdelivery.stranger']);
    const { status, holder, responsible, parties } = s.state();
    expect({ status, holder, responsible, parties }).toEqual({
      status: before.status,
      holder: before.holder,
      responsible: before.responsible,
      parties: before.parties,
    });
  });

  it('a finder says that it is theirs → not found', () => {
    const s = carried();
    expect(s.findings(s.tell('found', 'operator', { ...says, mine: true }))).toEqual([]);
  });

  it('from a party without the role finder-desk → custody.role, and what it says is judged', () => {
    const s = carried();
    const found = s.tell('found', 'operator', says, { standing: { roles: ['operator'] } });
    expect(s.findings(found)).toEqual(['custody.role', 'misdelivery.stranger']);
  });

  it('after the chain was closed → found all the same', () => {
    const s = carried();
    s.tell('confirmed', 'consignee', { pieces: 1, unopened: true });
    expect(s.findings(s.tell('found', 'operator', says))).toEqual(['misdelivery.stranger']);
  });
});

describe('corrected', () => {
  it('by the issuer of the other token → not found, and nothing changes', () => {
    const s = carried();
    const [, release] = s.tokens;
    const before = s.state();
    expect(s.findings(s.tell('corrected', 'sender', { of: release?.tid, why: 'other-parcel' }))).toEqual([]);
    expect({ ...s.state(), history: [], tipRemark: null, recordedAt: 0 }).toEqual({
      ...before,
      history: [],
      tipRemark: null,
      recordedAt: 0,
    });
  });

  it('by anybody else → custody.role', () => {
    const s = carried();
    const accepted = s.tokens.at(-1);
    expect(s.findings(s.tell('corrected', 'sender', { of: accepted?.tid, why: 'wrong' }))).toEqual(['custody.role']);
  });

  it('of a token that was malformed in its place → may be corrected by its issuer alone', () => {
    const s = carried();
    const [opening] = s.tokens;
    const on = opening === undefined ? {} : { after: opening };
    const malformed = s.tell('sealed', 'post', { seals: {} }, { ...on, claims: { seq: 9 } });
    expect(s.findings(malformed)).toEqual(['token.malformed']);
    const say = (iss: string) => s.tell('corrected', iss, { of: malformed.tid, why: 'number' }, on);
    expect(s.findings(say('post'))).toEqual([]);
    expect(s.findings(say('sender'))).toEqual(['custody.role']);
  });

  it('of a token that is not recorded → waits as a gap', () => {
    const s = carried();
    const nowhere = new Scenario().registered().tid;
    const corrected = s.tell('corrected', 'post', { of: nowhere, why: 'wrong' });
    expect(s.state()).toMatchObject({ gaps: [corrected.tid], status: 'in-custody' });
  });
});

describe('settled where nothing is disputed', () => {
  it('by the responsible party → not found; by another → custody.role', () => {
    const s = carried();
    const of = s.tokens.at(-1)?.tid;
    expect(s.findings(s.tell('settled', 'post', { of }))).toEqual([]);
    expect(s.findings(s.tell('settled', 'sender', { of }))).toEqual(['custody.role']);
  });
});

describe('key.too-early', () => {
  const release = (s: Scenario, more = {}) => s.findings(s.tell('key-released', 'sender', { wraps, ...more }));
  const arrived = (claims: Record<string, unknown> = {}) => {
    const s = opened();
    s.tell('sealed', 'sender', { seals: { A: 'H' } });
    s.handOff('sender', 'post');
    s.tell('confirmed', 'consignee', { pieces: 1, unopened: true, ...claims });
    return s;
  };

  it('after an unopened arrival with intact seals → not found', () => {
    expect(release(arrived())).toEqual([]);
  });

  it.each([
    ['opened', { unopened: false }],
    ['with a broken seal', { seals: { A: 'broken' } }],
  ])('after an arrival %s → found', (_how, claims) => {
    expect(release(arrived(claims))).toEqual(['key.too-early']);
  });

  it('before the arrival → found; also when it hangs on what was signed before it', () => {
    expect(release(carried())).toEqual(['key.too-early']);
    const s = arrived();
    const [opening] = s.tokens;
    const early = s.tell('key-released', 'sender', { wraps }, opening === undefined ? {} : { after: opening });
    expect(s.findings(early)).toEqual(['key.too-early']);
  });

  it('by a second person who keeps a reason → not found', () => {
    const s = carried();
    const second = { standing: { person: 'the second' } };
    expect(s.findings(s.tell('key-released', 'sender', { wraps, note }, second))).toEqual([]);
    expect(s.findings(s.tell('key-released', 'sender', { wraps }, second))).toEqual(['key.too-early']);
  });

  it('by the person who registered, with a reason → found', () => {
    expect(release(carried(), { note })).toEqual(['key.too-early']);
  });

  it('by somebody nobody knows, or where nobody knows who registered → found', () => {
    const unknown = new Scenario();
    unknown.registered({}, { standing: { person: undefined } as never });
    const second = { standing: { person: 'the second' } };
    expect(unknown.findings(unknown.tell('key-released', 'sender', { wraps, note }, second))).toEqual([
      'key.too-early',
    ]);
  });
});

describe('extracted', () => {
  const said = { who: 'A'.repeat(43), why: 'statistics', dest: note, when: 1_449_990_000 };

  it('by the sender, of what was done before → nothing found, nothing moved', () => {
    const s = carried();
    const before = s.state();
    expect(s.findings(s.tell('extracted', 'sender', said))).toEqual([]);
    expect(s.state()).toMatchObject({ holder: before.holder, status: before.status, head: before.head });
  });

  it('by another party → custody.role', () => {
    const s = carried();
    expect(s.findings(s.tell('extracted', 'post', said))).toEqual(['custody.role']);
  });
});
