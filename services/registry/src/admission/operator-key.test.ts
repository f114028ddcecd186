import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartyId, TokenId } from '@unbroken/tokens';
import { operatorKey } from './operator-key.js';
import { admitParty } from './operator-tokens.js';
import type { Established } from './operator-tokens.js';

const folder = () => mkdtempSync(join(tmpdir(), 'unbroken-operator-'));

it('several processes start at once → one key, and nothing else in the folder', async () => {
  const state = folder();
  const keys = await Promise.all([1, 2, 3, 4].map((start) => operatorKey(state, start * 1000)));
  expect(new Set(keys.map(({ signer }) => signer.kid)).size).toBe(1);
  expect(new Set(keys.map(({ madeAt }) => madeAt)).size).toBe(1);
  expect(readdirSync(join(state, 'keys'))).toEqual(['operator.json']);
  expect(statSync(join(state, 'keys', 'operator.json')).mode & 0o777).toBe(0o600);
});

it('the same party admitted twice → the same bytes; another party → another token', async () => {
  const state = folder();
  const established = {
    tid: 'A'.repeat(43) as TokenId,
    recordedAt: 5_500,
    claims: { sub: 'skat', iat: 7, roles: ['sender'] },
  };
  const admit = async (more: object = {}) =>
    admitParty(
      { ...established, ...more } as unknown as Established,
      'operator' as PartyId,
      await operatorKey(state, 0),
    );
  expect(await admit()).toBe(await admit());
  expect(await admit({ tid: 'B'.repeat(42) + 'A' })).not.toBe(await admit());
});
