// How tiles are asked for: each has one URL, which caches and pages of any origin may keep to.

import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, settle } from '../fixture/signers.js';

let house: LedgerHouse;

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
  const { party, tokens } = await settle('danish-post');
  await house.hand('registry.tokens.v1', tokens);
  await house.hand('custody.tokens.v1', [(await register(party)).registered]);
  for (const log of ['registry', 'custody'])
    await waitFor(async () => (await house.getLog(`${log}/tile/0/000.p/1`)).ok, { what: `a tile of ${log}` });
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const allowedOrigin = (answer: Response): string | null => answer.headers.get('access-control-allow-origin');

it('the checkpoint → asked for anew each time, by pages of any origin', async () => {
  const answer = await house.getLog('registry/checkpoint');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  expect(allowedOrigin(answer)).toBe('*');
});

it('a hash tile → kept for ever, by pages of any origin; a bundle of entries is not for every page', async () => {
  const tile = await house.getLog('registry/tile/0/000.p/1');
  expect((await tile.arrayBuffer()).byteLength).toBe(32);
  expect(tile.headers.get('cache-control')).toContain('immutable');
  expect(allowedOrigin(tile)).toBe('*');
  const bundle = await house.getLog('registry/tile/entries/000.p/1');
  expect(bundle.status).toBe(200);
  expect(allowedOrigin(bundle)).toBeNull();
});

it('a tile that no checkpoint covers yet → 404 that a page can read and no cache keeps', async () => {
  const answer = await house.getLog('registry/tile/0/000');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('cache-control')).toBeNull();
  expect(allowedOrigin(answer)).toBe('*');
});

it.each([
  'registry/tile/0/0.p/1',
  'registry/tile/0/0000.p/1',
  'registry/tile/0/x000/000.p/1',
  'registry/tile/0/x000.p/1',
  'registry/tile/00/000.p/1',
  'registry/tile/0/000.p/01',
  'registry/tile/0/000.p/256',
  'registry/tile/0/000.p/1/',
  'registry/tile//0/000.p/1',
  'registry/tile/%30/000.p/1',
  'registry/tile/0%2F000.p/1',
  'registry/tile/0/000%2Ep/1',
  'registry/tile/0/000.p%2f1',
  'registry/tile/entries/00%30.p/1',
  'registr%79/tile/0/000.p/1',
])('%s, another spelling → 404 with the cure', async (path) => {
  const answer = await house.getLog(path);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({
    code: 'log.not-there',
    cure: expect.stringContaining('tlog-tiles') as string,
  });
});

it('a log by another name than the one it is served under → 404', async () => {
  for (const name of ['custody%2F0', 'Registry', 'tickets'])
    expect((await house.getLog(`${name}/checkpoint`)).status).toBe(404);
});
