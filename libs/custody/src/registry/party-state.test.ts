// A party's chain as it is read over HTTP.

import { algorithmOf } from '@unbroken/tokens';
import { asParty, jwkOf, kidOf, RegistryStory, someHash } from './registry-story.js';

const post = asParty('post');

it('a party that nobody established → no state, no keys', () => {
  const { registry } = new RegistryStory();
  expect(registry.partyState(post)).toBeUndefined();
  expect(registry.party(post)).toBeUndefined();
  expect(registry.jwks(post)).toEqual({ keys: [] });
});

it('a party not admitted yet → established, with all it said', () => {
  const s = new RegistryStory();
  s.established('post');
  const head = s.enrolled('post', 'scanner');
  expect(s.registry.partyState(post)).toMatchObject({ status: 'established', head, seq: 1 });
  expect(s.registry.partyState(post)?.keys.map(({ kid, roles }) => [kid, roles])).toEqual([
    [kidOf('post root'), []],
    [kidOf('scanner'), ['sender']],
  ]);
});

it('an admitted party → everything in its chain, as plain JSON', () => {
  const s = new RegistryStory();
  s.admitted('post', ['sender', 'courier']);
  s.enrolled('post', 'scanner', { use: 'device', person: 'person-1', idp: 'admin' });
  s.tell('post', 'sited', { site: 'dock', geo: [556761, 125683], radius: 80 });
  s.tell('post', 'mandated', { party: 'facilities', site: 'dock' });
  s.tell('post', 'policed', { policy: someHash('policy') });
  const since = s.now;
  s.revoked('post', 'scanner', since);
  const head = s.revoked('post', 'scanner', since - 60);
  const expected = {
    sub: 'post',
    status: 'admitted',
    head,
    seq: 6,
    rootKid: kidOf('post root'),
    keys: [
      { kid: kidOf('post root'), use: 'root', roles: ['sender', 'courier'], enrolledAt: 1 },
      {
        kid: kidOf('scanner'),
        use: 'device',
        roles: ['sender'],
        enrolledAt: 3,
        person: 'person-1',
        idp: 'admin',
        revoked: { since: since - 60, at: 8 },
      },
    ],
    sites: [{ site: 'post/dock', geo: [556761, 125683], radius: 80 }],
    mandates: [{ by: 'post', to: 'facilities', site: 'post/dock' }],
    policies: [someHash('policy')],
    gaps: [],
    disputed: [],
  };
  expect(JSON.parse(JSON.stringify(s.registry.partyState(post)))).toEqual(expected);
});

it('its JWK set → every key with its name and algorithm, but none that was taken back', () => {
  const s = new RegistryStory();
  s.admitted('post');
  s.enrolled('post', 'scanner');
  s.enrolled('post', 'phone');
  s.revoked('post', 'scanner', s.now);
  expect(s.registry.jwks(post)).toEqual({
    keys: ['post root', 'phone'].map((name) => ({
      ...jwkOf(name),
      kid: kidOf(name),
      alg: algorithmOf(jwkOf(name)),
      use: 'sig',
    })),
  });
});
