// Who is a party, and from when on it counts (docs/protocol, section 3: `established`, `admitted`).

import type { TokenId } from '@unbroken/tokens';
import { asParty, jwkOf, kidOf, RegistryStory } from './registry-story.js';

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
      rootKids: [kidOf('post root')],
      next: kidOf('post next'),
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

  it('a code desk of a party granted a desk → that role alone; of any other, none', () => {
    s.admitted('desk', ['finder-desk', 'courier']);
    s.admitted('bank');
    for (const party of ['desk', 'bank']) {
      s.enrolled(party, `codes of ${party}`, { use: 'code-desk', roles: ['courier', 'finder-desk'] });
    }
    expect(keyOf('codes of desk')).toMatchObject({ roles: ['finder-desk'] });
    expect(keyOf('codes of bank')).toMatchObject({ roles: [] });
  });
});
