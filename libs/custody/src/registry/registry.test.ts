// What each event of a party's chain does (docs/protocol, section 3, "Party chain").

import type { TokenId } from '@unbroken/tokens';
import { asParty, enrolment, jwkOf, kidOf, RegistryStory, someHash } from './registry-story.js';

const post = asParty('post');
let s: RegistryStory;
beforeEach(() => (s = new RegistryStory()));
const keyOf = (name: string, size?: number) => s.registry.keyAt(kidOf(name), size);
const findings = (tid: TokenId) => s.registry.findingsOf(tid);

describe('established', () => {
  it('first of its party → the chain opens and its key is the root', () => {
    s.established('post', { roles: ['courier'] });
    expect(s.registry.party(post)).toEqual({
      id: 'post',
      name: 'post',
      roles: ['courier'],
      granted: null,
      sites: [],
      rootKid: kidOf('post root'),
      next: someHash('post next'),
      establishedAt: 0,
      admittedAt: null,
    });
    expect(s.registry.signerOf(kidOf('post root'))).toMatchObject({ party: 'post', use: 'root', enrolledAt: 0 });
  });

  it('second one by the same root → custody.twice, the first stays', () => {
    s.established('post', { roles: ['courier'] });
    expect(findings(s.established('post', { roles: ['sender', 'operator'] }))).toEqual(['custody.twice']);
    expect(s.registry.party(post)?.roles).toEqual(['courier']);
  });

  it('second one by another root → custody.role, the first recorded wins', () => {
    s.established('post');
    expect(findings(s.established('post', { key: 'thief' }))).toEqual(['custody.role']);
    expect(s.registry.party(post)?.rootKid).toBe(kidOf('post root'));
    expect(s.registry.signerOf(kidOf('thief'))).toBeUndefined();
  });

  it('signed by another key than it carries → custody.role, nothing opens', () => {
    expect(findings(s.established('post', { jwk: jwkOf('another') }))).toEqual(['custody.role']);
    expect(s.registry.party(post)).toBeUndefined();
  });

  it("of another party's chain → custody.role, nothing opens", () => {
    s.established('thief');
    for (const key of ['thief root', 'new key']) {
      expect(findings(s.established('post', { iss: 'thief', key }))).toEqual(['custody.role']);
    }
    expect(s.registry.party(post)).toBeUndefined();
  });

  it.each(['guest', '00000000000000000'])('of the reserved name %s → custody.role, nothing opens', (name) => {
    expect(findings(s.established(name))).toEqual(['custody.role']);
    expect(s.registry.party(asParty(name))).toBeUndefined();
  });

  it('with a key that another party has enrolled → custody.role, the key stays there', () => {
    s.established('post');
    s.enrolled('post', 'scanner');
    expect(findings(s.established('bank', { key: 'scanner' }))).toEqual(['custody.role']);
    expect(s.registry.signerOf(kidOf('scanner'))?.party).toBe('post');
  });
});

describe('admitted', () => {
  it('before it → the party is established but none of its keys counts', () => {
    s.established('operator', { roles: ['operator'] });
    s.established('post');
    s.enrolled('post', 'scanner');
    expect(s.registry.isAdmitted(post)).toBe(false);
    expect(keyOf('scanner')).toBeUndefined();
    expect(keyOf('post root')).toBeUndefined();
    expect(s.registry.signerOf(kidOf('scanner'))).toBeDefined();
  });

  it('by the operator → keys count from there on, whenever they were enrolled', () => {
    s.established('operator', { roles: ['operator'] });
    s.established('post');
    s.enrolled('post', 'early');
    const at = s.registry.size;
    s.admit('post', ['sender']);
    s.enrolled('post', 'late');
    expect(keyOf('early', at)).toBeUndefined();
    expect(keyOf('early', at + 1)).toMatchObject({ enrolledAt: 2, countsFrom: at });
    expect(keyOf('late', at + 1)).toBeUndefined();
    expect(keyOf('late', at + 2)).toMatchObject({ enrolledAt: at + 1, countsFrom: at + 1 });
    expect(s.registry.isAdmitted(post, at)).toBe(false);
    expect(s.registry.isAdmitted(post, at + 1)).toBe(true);
  });

  it('twice → the latest roles count from there, the party counts from the first', () => {
    s.admitted('post', ['sender', 'courier']);
    s.enrolled('post', 'scanner', { roles: ['sender', 'courier', 'receiver'] });
    const before = s.registry.size;
    s.admit('post', ['courier', 'receiver']);
    expect(keyOf('scanner', before)?.roles).toEqual(['sender', 'courier']);
    expect(keyOf('scanner')?.roles).toEqual(['courier', 'receiver']);
    expect(keyOf('post root')?.roles).toEqual(['courier', 'receiver']);
    expect(s.registry.party(post)).toMatchObject({ admittedAt: 2, granted: ['courier', 'receiver'] });
  });

  it('the operator → admitted by its own established', () => {
    s.established('operator', { roles: ['operator'] });
    expect(s.registry.isAdmitted(asParty('operator'))).toBe(true);
    expect(keyOf('operator root')).toMatchObject({ use: 'root', roles: ['operator'], countsFrom: 0 });
  });

  it('by anybody else, the party itself included → custody.role, no effect', () => {
    s.admitted('bank');
    s.established('post');
    expect(findings(s.admit('post', ['operator'], { iss: 'bank' }))).toEqual(['custody.role']);
    expect(findings(s.admit('post', ['operator'], { iss: 'post' }))).toEqual(['custody.role']);
    expect(s.registry.isAdmitted(post)).toBe(false);
  });

  it("in the operator's name by another party's key → custody.role, no effect", () => {
    s.admitted('bank');
    s.established('post');
    expect(findings(s.admit('post', ['sender'], { key: 'bank root' }))).toEqual(['custody.role']);
  });

  it("by the operator's enroller → admits; by its device, gateway or code desk → custody.role", () => {
    s.established('operator', { roles: ['operator'] });
    s.established('post');
    for (const use of ['enroller', 'device', 'gateway', 'code-desk']) s.enrolled('operator', use, { use });
    for (const key of ['device', 'gateway', 'code-desk']) {
      expect(findings(s.admit('post', ['sender'], { key }))).toEqual(['custody.role']);
    }
    expect(s.registry.isAdmitted(post)).toBe(false);
    expect(findings(s.admit('post', ['sender'], { key: 'enroller' }))).toEqual([]);
    expect(s.registry.isAdmitted(post)).toBe(true);
  });
});

describe('enrolled', () => {
  beforeEach(() => s.admitted('post'));

  it('by the root key → counts from the next entry on, with what was said of it', () => {
    const at = s.registry.size;
    s.enrolled('post', 'scanner', { use: 'gateway', person: 'person-1', idp: 'document' });
    expect(keyOf('scanner', at)).toBeUndefined();
    expect(keyOf('scanner', at + 1)).toEqual({
      kid: kidOf('scanner'),
      party: 'post',
      jwk: jwkOf('scanner'),
      use: 'gateway',
      roles: ['sender'],
      person: 'person-1',
      enrolledAt: at,
      countsFrom: at,
    });
  });

  it('by an enroller of the party → counts', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    expect(findings(s.enrolled('post', 'scanner', {}, { key: 'office' }))).toEqual([]);
    expect(keyOf('scanner')).toBeDefined();
  });

  it('an enroller by an enroller → custody.role, no effect: only the root may', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    expect(findings(s.enrolled('post', 'branch', { use: 'enroller' }, { key: 'office' }))).toEqual(['custody.role']);
    expect(s.registry.signerOf(kidOf('branch'))).toBeUndefined();
  });

  it.each(['device', 'gateway', 'witness', 'code-desk'])('by a %s key → custody.role, no effect', (use) => {
    s.enrolled('post', 'key', { use });
    expect(findings(s.enrolled('post', 'another', {}, { key: 'key' }))).toEqual(['custody.role']);
    expect(s.registry.signerOf(kidOf('another'))).toBeUndefined();
  });

  it("in another party's chain → custody.role, no effect", () => {
    s.admitted('bank');
    s.enrolled('bank', 'office', { use: 'enroller' });
    for (const key of ['bank root', 'office']) {
      expect(findings(s.enrolled('post', 'spy', {}, { iss: 'bank', key }))).toEqual(['custody.role']);
      expect(findings(s.enrolled('post', 'spy', {}, { key }))).toEqual(['custody.role']);
    }
    expect(s.registry.signerOf(kidOf('spy'))).toBeUndefined();
  });

  it("twice → the first wins for ever, over another party's too", () => {
    s.admitted('bank');
    s.enrolled('post', 'scanner');
    expect(findings(s.enrolled('post', 'scanner', { use: 'enroller' }))).toEqual(['custody.twice']);
    expect(findings(s.enrolled('bank', 'scanner'))).toEqual(['custody.twice']);
    expect(keyOf('scanner')).toMatchObject({ party: 'post', use: 'device' });
  });

  it("another party's root key → custody.twice, no effect", () => {
    s.admitted('bank');
    expect(findings(s.enrolled('post', 'bank root'))).toEqual(['custody.twice']);
    expect(keyOf('bank root')).toMatchObject({ party: 'bank', use: 'root' });
  });

  it('for more roles than the party has → only those of both', () => {
    s.enrolled('post', 'scanner', { roles: ['courier', 'sender', 'operator'] });
    expect(keyOf('scanner')?.roles).toEqual(['sender']);
  });

  it('key of nobody → undefined', () => {
    expect(keyOf('nobody')).toBeUndefined();
    expect(s.registry.signerOf(kidOf('nobody'))).toBeUndefined();
  });
});

describe('revoked', () => {
  let at: number;
  let since: number;
  const standing = (more: { iat: number; registrySize: number; asOf?: number }) =>
    s.registry.standing(kidOf('scanner'), more).key;
  beforeEach(() => {
    s.admitted('post');
    s.enrolled('post', 'scanner', { person: 'person-1' });
    at = s.registry.size;
    since = s.now;
    s.revoked('post', 'scanner', since);
  });

  it('signed before `since` → good, whenever it was recorded', () => {
    expect(standing({ iat: since - 1, registrySize: at })).toBe('good');
    expect(standing({ iat: since - 1, registrySize: at + 1 })).toBe('good');
  });

  it('signed after `since`, recorded before the revocation → suspect, once that is known', () => {
    expect(standing({ iat: since, registrySize: at, asOf: at })).toBe('good');
    expect(standing({ iat: since, registrySize: at, asOf: at + 1 })).toBe('suspect');
    expect(standing({ iat: since, registrySize: at })).toBe('suspect');
  });

  it('signed after `since`, recorded after the revocation → revoked', () => {
    expect(standing({ iat: since, registrySize: at + 1 })).toBe('revoked');
  });

  it('a revoked key → still known with all that was said of it', () => {
    expect(s.registry.standing(kidOf('scanner'), { iat: since, registrySize: at + 1 })).toEqual({
      use: 'device',
      person: 'person-1',
      roles: ['sender'],
      key: 'revoked',
    });
    expect(keyOf('scanner')).toBeDefined();
  });

  it('a key that did not count → speaks for nobody, like a revoked one', () => {
    expect(s.registry.standing(kidOf('nobody'), { iat: since, registrySize: at })).toMatchObject({
      roles: [],
      key: 'revoked',
    });
    expect(standing({ iat: since - 1, registrySize: 3 })).toBe('revoked');
  });

  it('twice → the earliest since wins, each from when it is known', () => {
    const second = s.registry.size;
    s.revoked('post', 'scanner', since - 100);
    expect(standing({ iat: since - 50, registrySize: second, asOf: second })).toBe('good');
    expect(standing({ iat: since - 50, registrySize: second })).toBe('suspect');
    expect(standing({ iat: since - 50, registrySize: second + 1 })).toBe('revoked');
    s.revoked('post', 'scanner', since + 100);
    expect(standing({ iat: since - 50, registrySize: s.registry.size })).toBe('revoked');
  });

  it('before its key is enrolled → counts as soon as it is', () => {
    s.revoked('post', 'lost in the post', since);
    s.enrolled('post', 'lost in the post');
    const lost = { iat: since, registrySize: s.registry.size };
    expect(s.registry.standing(kidOf('lost in the post'), lost).key).toBe('revoked');
  });

  it("another party's key → custody.role, no effect", () => {
    s.admitted('bank');
    s.enrolled('bank', 'till');
    expect(findings(s.revoked('post', 'till', since))).toEqual(['custody.role']);
    expect(s.registry.standing(kidOf('till'), { iat: s.now, registrySize: s.registry.size }).key).toBe('good');
  });

  it('by another than the root → custody.role, no effect', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    s.enrolled('post', 'phone');
    for (const key of ['office', 'phone']) {
      expect(findings(s.revoked('post', 'phone', since, { key }))).toEqual(['custody.role']);
    }
    expect(s.registry.standing(kidOf('phone'), { iat: s.now, registrySize: s.registry.size }).key).toBe('good');
  });

  it('a revoked root → what it signs later has no effect, what it signed before has', () => {
    const lost = s.now;
    s.revoked('post', 'post root', lost);
    expect(findings(s.enrolled('post', 'late'))).toEqual(['key.revoked']);
    expect(s.registry.signerOf(kidOf('late'))).toBeUndefined();
    expect(findings(s.enrolled('post', 'early', {}, { iat: lost - 1 }))).not.toContain('key.revoked');
    expect(s.registry.signerOf(kidOf('early'))).toBeDefined();
  });

  it('a root revoked back in time → what it signed since then stands, as suspect', () => {
    const suspect = s.enrolled('post', 'phone');
    expect(findings(suspect)).toEqual([]);
    s.revoked('post', 'post root', s.now - 30);
    expect(findings(suspect)).toEqual(['key.suspect']);
    expect(s.registry.signerOf(kidOf('phone'))).toBeDefined();
  });
});

describe('sited', () => {
  const dock = { site: 'dock', geo: [556761, 125683], radius: 80 };
  beforeEach(() => s.admitted('post'));

  it('by the local name or the whole → the same place, as last described', () => {
    s.tell('post', 'sited', dock);
    const before = s.registry.size;
    s.tell('post', 'sited', { ...dock, site: 'post/dock', radius: 120 });
    expect(s.registry.sitesOf(post, before)).toEqual([{ ...dock, site: 'post/dock' }]);
    expect(s.registry.sitesOf(post)).toEqual([{ ...dock, site: 'post/dock', radius: 120 }]);
    expect(s.registry.party(post)?.sites).toHaveLength(1);
  });

  it('with hours → they are kept', () => {
    const hours = { tz: 'Europe/Copenhagen', week: { mon: [['08:00', '16:00']] } };
    s.tell('post', 'sited', { ...dock, hours });
    expect(s.registry.sitesOf(post)[0]?.hours).toEqual(hours);
  });

  it('a place of another party → malformed in context, no effect', () => {
    expect(findings(s.tell('post', 'sited', { ...dock, site: 'bank/dock' }))).toEqual(['token.malformed']);
    expect(s.registry.sitesOf(post)).toEqual([]);
    expect(s.registry.sitesOf(asParty('bank'))).toEqual([]);
  });

  it('by another than the root → custody.role, no effect', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    expect(findings(s.tell('post', 'sited', dock, { key: 'office' }))).toEqual(['custody.role']);
    expect(s.registry.sitesOf(post)).toEqual([]);
  });

  it('by a party not admitted → counts from its admission', () => {
    s.established('bank');
    s.tell('bank', 'sited', dock);
    const before = s.registry.size;
    s.admit('bank', ['receiver']);
    expect(s.registry.sitesOf(asParty('bank'), before)).toEqual([]);
    expect(s.registry.sitesOf(asParty('bank'))).toHaveLength(1);
  });
});

describe('mandated', () => {
  const facilities = asParty('facilities');
  beforeEach(() => s.admitted('bank', ['receiver']));

  it('for one site until a time → known to whoever asks for the mandated party', () => {
    const before = s.registry.size;
    s.tell('bank', 'mandated', { party: 'facilities', site: 'dock', until: 1_800_000_000 });
    const mandate = { by: 'bank', to: 'facilities', site: 'bank/dock', until: 1_800_000_000 };
    expect(s.registry.mandatesTo([facilities], before)).toEqual([]);
    expect(s.registry.mandatesTo([facilities])).toEqual([mandate]);
    expect(s.registry.mandatesTo([post, facilities, facilities])).toEqual([mandate]);
    expect(s.registry.mandatesTo([post])).toEqual([]);
  });

  it('for all sites and for one → both stand', () => {
    s.tell('bank', 'mandated', { party: 'facilities' });
    s.tell('bank', 'mandated', { party: 'facilities', site: 'bank/dock' });
    expect(s.registry.mandatesTo([facilities])).toEqual([
      { by: 'bank', to: 'facilities' },
      { by: 'bank', to: 'facilities', site: 'bank/dock' },
    ]);
  });

  it('again for the same party and site → replaces the one before, which still held then', () => {
    s.tell('bank', 'mandated', { party: 'facilities' });
    const before = s.registry.size;
    s.tell('bank', 'mandated', { party: 'facilities', until: 1_700_000_000 });
    expect(s.registry.mandatesTo([facilities], before)).toEqual([{ by: 'bank', to: 'facilities' }]);
    expect(s.registry.mandatesTo([facilities])).toEqual([{ by: 'bank', to: 'facilities', until: 1_700_000_000 }]);
  });

  it("at a site of the mandated party's own → good", () => {
    s.tell('bank', 'mandated', { party: 'facilities', site: 'facilities/depot' });
    expect(s.registry.mandatesTo([facilities])).toEqual([{ by: 'bank', to: 'facilities', site: 'facilities/depot' }]);
  });

  it('by another than the root → custody.role, no effect', () => {
    s.enrolled('bank', 'phone');
    expect(findings(s.tell('bank', 'mandated', { party: 'facilities' }, { key: 'phone' }))).toEqual(['custody.role']);
    expect(s.registry.mandatesTo([facilities])).toEqual([]);
  });

  it('by a party not admitted → does not count', () => {
    s.established('stranger');
    s.tell('stranger', 'mandated', { party: 'facilities' });
    expect(s.registry.mandatesTo([facilities])).toEqual([]);
  });
});

describe('policed', () => {
  beforeEach(() => s.admitted('post'));

  it('one after another → all are known, the newest last, each from its entry on', () => {
    s.tell('post', 'policed', { policy: someHash('first') });
    const before = s.registry.size;
    s.tell('post', 'policed', { policy: someHash('second') });
    expect(s.registry.policies(post)).toEqual([someHash('first'), someHash('second')]);
    expect(s.registry.policies(post, before)).toEqual([someHash('first')]);
    expect(s.registry.hasPolicy(post, someHash('second'), before)).toBe(false);
    expect(s.registry.hasPolicy(post, someHash('second'))).toBe(true);
    expect(s.registry.hasPolicy(asParty('operator'), someHash('first'))).toBe(false);
  });

  it('by another than the root → custody.role, no effect', () => {
    s.enrolled('post', 'office', { use: 'enroller' });
    const policed = s.tell('post', 'policed', { policy: someHash('lax') }, { key: 'office' });
    expect(findings(policed)).toEqual(['custody.role']);
    expect(s.registry.hasPolicy(post, someHash('lax'))).toBe(false);
  });

  it('by a party not admitted → does not count yet', () => {
    s.established('bank');
    s.tell('bank', 'policed', { policy: someHash('strict') });
    expect(s.registry.policies(asParty('bank'))).toEqual([]);
    s.admit('bank', ['sender']);
    expect(s.registry.policies(asParty('bank'))).toEqual([someHash('strict')]);
  });
});

describe("another party's root key", () => {
  beforeEach(() => {
    s.admitted('post');
    s.admitted('bank');
    s.enrolled('post', 'scanner');
  });

  it.each([
    ['revoked', () => ({ kid: kidOf('scanner'), since: 0, why: 'spite' })],
    ['sited', () => ({ site: 'post/dock', geo: [1, 2], radius: 3 })],
    ['mandated', () => ({ party: 'bank' })],
    ['policed', () => ({ policy: someHash('lax') })],
  ] as const)('signs %s → custody.role, no effect, in whosever name', (evt, claims) => {
    for (const iss of ['bank', 'post']) {
      expect(findings(s.tell('post', evt, claims(), { iss, key: 'bank root' }))).toEqual(['custody.role']);
    }
    const { sites, mandates, policies, keys } = s.registry.partyState(post) ?? {};
    expect([sites, mandates, policies]).toEqual([[], [], []]);
    expect(keys?.some(({ revoked }) => revoked)).toBe(false);
  });

  it("the party's own root key in another's name → custody.role, no effect", () => {
    const spoken = s.enrolled('post', 'phone', {}, { iss: 'bank', key: 'post root' });
    expect(findings(spoken)).toEqual(['custody.role']);
    expect(keyOf('phone')).toBeUndefined();
  });
});

it('a token folded in twice → changes nothing', () => {
  s.admitted('post');
  const token = s.record(s.sign('post', 'enrolled', enrolment('scanner')));
  s.registry.append(token);
  s.registry.append({ ...token, index: 40 });
  expect(s.registry.findingsOf(token.tid)).toEqual([]);
  expect(keyOf('scanner')?.enrolledAt).toBe(token.index);
});

it('asked with an earlier size → answers as it would have then, whatever was appended since', () => {
  s.admitted('post');
  s.enrolled('post', 'scanner');
  const size = s.registry.size;
  const ask = () => [keyOf('scanner', size), keyOf('late', size), s.registry.policies(post, size)];
  const then = ask();
  s.admit('post', ['auditor']);
  s.enrolled('post', 'late');
  s.tell('post', 'policed', { policy: someHash('policy') });
  expect(ask()).toEqual(then);
});
