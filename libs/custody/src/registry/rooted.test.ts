// Root pre-rotation: the key that was committed to takes over, and the former one cannot help it (docs/protocol,
// section 3, `rooted`).

import type { TokenId } from '@unbroken/tokens';
import { asParty, enrolment, jwkOf, kidOf, nextOf, RegistryStory } from './registry-story.js';

const post = asParty('post');
let s: RegistryStory;
beforeEach(() => {
  s = new RegistryStory();
  s.admitted('post');
});
const party = () => s.registry.party(post);
const findings = (tid: TokenId) => s.registry.findingsOf(tid);
const counts = (key: string) => s.registry.keyAt(kidOf(key)) !== undefined;
const byNext = { key: nextOf('post') };

describe('rooted', () => {
  it('by the key committed to → the new root, which commits to the one after it; every root stays known', () => {
    const rooted = s.rooted('post');
    expect(findings(rooted)).toEqual([]);
    expect(party()).toMatchObject({
      rootKid: kidOf(nextOf('post')),
      next: kidOf(`${nextOf('post')} but one`),
      rootKids: [kidOf('post root'), kidOf(nextOf('post'))],
    });
    expect(s.registry.partyState(post)).toMatchObject({ rootKid: kidOf(nextOf('post')), head: rooted });
    expect(s.registry.jwks(post).keys.map(({ kid }) => kid)).toEqual([kidOf(nextOf('post'))]);
  });

  it('again → by the key the second one committed to', () => {
    s.rooted('post');
    expect(findings(s.rooted('post', { key: `${nextOf('post')} but one` }))).toEqual([]);
    expect(party()?.rootKids).toHaveLength(3);
  });

  it.each([
    ['by another key than was committed to', { key: 'another' }],
    ['by the root itself, which commits anew', { key: 'post root' }],
    ['bringing another key than it is signed with', { ...byNext, jwk: jwkOf('another') }],
    ['by another party', { ...byNext, iss: 'bank' }],
  ])('%s → custody.role, no effect', (_what, how) => {
    const before = party();
    expect(findings(s.rooted('post', how))).toEqual(['custody.role']);
    expect(party()).toEqual(before);
  });

  it('what the new root signs → counts', () => {
    s.rooted('post');
    expect(findings(s.enrolled('post', 'scanner', {}, byNext))).toEqual([]);
    expect(counts('scanner')).toBe(true);
  });

  it('what the old root signs after it → does not count', () => {
    s.rooted('post');
    expect(findings(s.enrolled('post', 'spy'))).toEqual(['key.revoked']);
    expect(counts('spy')).toBe(false);
  });

  it('what the old root dates back, or hangs beside it → does not count either', () => {
    const before = s.enrolled('post', 'scanner');
    const iat = s.now;
    s.rooted('post');
    expect(findings(s.enrolled('post', 'spy', {}, { iat, after: before }))).toEqual(['custody.role']);
    expect(counts('spy')).toBe(false);
    expect(s.registry.partyState(post)).toMatchObject({ status: 'admitted', disputed: [] });
    expect(counts('scanner')).toBe(true);
  });

  it('what the old root signed, and was recorded, before → stands', () => {
    s.enrolled('post', 'scanner');
    s.rooted('post');
    expect(counts('scanner')).toBe(true);
  });

  it('what the old root had signed and waited for its prev → stands as of when it was recorded', () => {
    const missing = s.sign('post', 'enrolled', enrolment('scanner'));
    const waiting = s.enrolled('post', 'phone');
    s.rooted('post', { after: waiting });
    s.record(missing);
    expect(counts('phone')).toBe(true);
    expect(party()?.rootKid).toBe(kidOf(nextOf('post')));
  });

  it('whoever stole the root takes the next key back beforehand → custody.role, and it takes over all the same', () => {
    expect(findings(s.revoked('post', nextOf('post'), 0))).toEqual(['custody.role']);
    expect(findings(s.rooted('post'))).toEqual([]);
    expect(party()?.rootKid).toBe(kidOf(nextOf('post')));
    expect(findings(s.enrolled('post', 'scanner', {}, byNext))).toEqual([]);
  });

  it('a root that took itself back → the next one takes over', () => {
    s.revoked('post', 'post root', s.now);
    expect(findings(s.rooted('post'))).toEqual([]);
    expect(findings(s.enrolled('post', 'scanner', {}, byNext))).toEqual([]);
  });

  it('what the old root signs about parcels → like a revoked key from then on', () => {
    const at = s.registry.size;
    const before = s.now;
    s.rooted('post');
    const standing = (iat: number, registrySize: number) =>
      s.registry.standing(kidOf('post root'), { iat, registrySize }).key;
    expect(standing(before, at + 1)).toBe('good');
    expect(standing(s.now, at)).toBe('suspect');
    expect(standing(s.now, at + 1)).toBe('revoked');
  });

  it('signed ahead of its time → the old root ends when it was recorded', () => {
    s.rooted('post', { iat: s.now + 10 * 365 * 86_400 });
    expect(findings(s.enrolled('post', 'spy'))).toEqual(['key.revoked']);
  });

  it('the operator’s next root → admits', () => {
    s.rooted('operator');
    expect(findings(s.admit('post', ['courier']))).toEqual(['key.revoked']);
    expect(findings(s.admit('post', ['courier'], { key: nextOf('operator') }))).toEqual([]);
    expect(party()?.granted).toEqual(['courier']);
  });

  it('established again by the former root → does not count', () => {
    s.rooted('post');
    expect(findings(s.established('post'))).toEqual(['key.revoked']);
  });
});
