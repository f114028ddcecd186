// Which keys count, and what a revocation does (docs/protocol, section 3: `enrolled`, `revoked`).

import type { TokenId } from '@unbroken/tokens';
import { jwkOf, kidOf, RegistryStory } from './registry-story.js';

let s: RegistryStory;
beforeEach(() => (s = new RegistryStory()));
const keyOf = (name: string, size?: number) => s.registry.keyAt(kidOf(name), size);
const findings = (tid: TokenId) => s.registry.findingsOf(tid);

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

describe('standing, asked again', () => {
  it('as of any size, in any order, while the log grows → as if nobody had asked before', () => {
    s.admitted('post', ['courier']);
    s.enrolled('post', 'scanner', { roles: ['courier', 'receiver'], person: 'person-1' });
    const first = s.registry.size;
    const ask = (registrySize: number, asOf: number) => {
      const since = s.now;
      return s.registry.standing(kidOf('scanner'), { iat: since, registrySize, asOf });
    };
    const scanner = { use: 'device', person: 'person-1' };
    const then = { ...scanner, roles: ['courier'], key: 'good' };
    expect(ask(first, first)).toEqual(then);

    s.admit('post', ['courier', 'receiver']);
    const second = s.registry.size;
    const more = { ...scanner, roles: ['courier', 'receiver'], key: 'good' };
    expect([ask(first, second), ask(second, second), ask(first, first)]).toEqual([then, more, then]);

    s.revoked('post', 'scanner', s.now);
    const third = s.registry.size;
    const suspect = { ...more, key: 'suspect' };
    const revoked = { ...more, key: 'revoked' };
    const answers = [then, more, suspect, revoked, more];
    const asked = () => [
      ask(first, first),
      ask(second, second),
      ask(second, third),
      ask(third, third),
      ask(second, second),
    ];
    expect(asked()).toEqual(answers);
    expect(asked()).toEqual(answers);
    expect(ask(first - 1, third)).toEqual({ use: 'witness', roles: [], key: 'revoked' });
  });

  it('of nothing new → the same answer, not another like it', () => {
    s.admitted('post');
    s.enrolled('post', 'scanner');
    const ask = () => s.registry.standing(kidOf('scanner'), { iat: s.now, registrySize: s.registry.size });
    const answer = ask();
    s.admitted('bank');
    expect(ask()).toBe(answer);
    expect(Object.isFrozen(answer)).toBe(true);
  });
});
