// What a party declares about itself, and who may (docs/protocol, section 3: `sited`, `mandated`, `policed`).

import type { TokenId } from '@unbroken/tokens';
import { asParty, kidOf, RegistryStory, someHash } from './registry-story.js';

const post = asParty('post');
let s: RegistryStory;
beforeEach(() => (s = new RegistryStory()));
const keyOf = (name: string, size?: number) => s.registry.keyAt(kidOf(name), size);
const findings = (tid: TokenId) => s.registry.findingsOf(tid);

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
