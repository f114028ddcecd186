// How tiles are asked for: each has one URL, which caches and pages of any origin may keep to. Entries are for auditors.

import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { bearerOf, register, revoke, settle, settleAuditor } from '../fixture/signers.js';

const BUNDLE = 'registry/tile/entries/000.p/1';

let house: LedgerHouse;
let settled: Awaited<ReturnType<typeof settle>>;
let auditor: Awaited<ReturnType<typeof settleAuditor>>;

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
  settled = await settle('danish-post');
  const { party, operator } = settled;
  auditor = await settleAuditor(operator);
  await house.hand('registry.tokens.v1', [...settled.tokens, ...auditor.tokens]);
  await house.until(auditor.tokens.at(-1) ?? '', 'recorded');
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

it('a hash tile → kept for ever, by pages of any origin', async () => {
  const tile = await house.getLog('registry/tile/0/000.p/1');
  expect((await tile.arrayBuffer()).byteLength).toBe(32);
  expect(tile.headers.get('cache-control')).toContain('immutable');
  expect(allowedOrigin(tile)).toBe('*');
});

describe('a bundle of entries', () => {
  const asked = async (headers: Record<string, string>, path = BUNDLE) => {
    const answer = await house.getLog(path, headers);
    const { code } = (answer.ok ? {} : await answer.json()) as { code?: string };
    return { status: answer.status, code, challenge: answer.headers.get('www-authenticate') };
  };
  const challenged = expect.stringContaining('Bearer') as unknown;

  it('an auditor asks → it, kept for ever by their own cache alone', async () => {
    const bundle = await waitFor(
      async () => {
        const answer = await house.getLog(BUNDLE, await auditor.bearer());
        return answer.ok ? answer : undefined;
      },
      { what: 'the auditor to be known' },
    );
    expect((await bundle.arrayBuffer()).byteLength).toBeGreaterThan(100);
    expect(allowedOrigin(bundle)).toBeNull();
    expect(bundle.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(bundle.headers.get('vary')).toContain('authorization');
    expect(bundle.headers.get('www-authenticate')).toBeNull();
  });

  it('the operator asks → it', async () => {
    expect(await asked(await bearerOf(settled.operator))).toMatchObject({ status: 200 });
  });

  it('nobody says who asks → 401 with how to say it, also for one that is not there', async () => {
    for (const path of [BUNDLE, 'registry/tile/entries/009'])
      expect(await asked({}, path)).toEqual({ status: 401, code: 'access.missing', challenge: challenged });
    expect(await asked({ authorization: 'Basic eDp5' })).toMatchObject({ status: 401, code: 'access.missing' });
  });

  it('a party that is no auditor asks → 403', async () => {
    expect(await asked(await bearerOf(settled.party))).toMatchObject({ status: 403, code: 'access.role' });
  });

  it('a key that nobody enrolled, another hub, a time that is over → 401', async () => {
    const nobody = await settle('nobody-at-all');
    expect(await asked(await bearerOf(nobody.party))).toMatchObject({ status: 401, code: 'access.key' });
    expect(await asked(await auditor.bearer({ aud: 'elsewhere' }))).toMatchObject({ code: 'access.audience' });
    const iat = Date.parse('2026-03-02T07:00:00Z') / 1000;
    expect(await asked(await auditor.bearer({ iat, exp: iat + 900 }))).toMatchObject({ code: 'access.time' });
  });

  it('the key is taken back → 401', async () => {
    const { party, bearer, tokens } = await settleAuditor(settled.operator, 'court-of-audit');
    await house.hand('registry.tokens.v1', tokens);
    await waitFor(async () => (await asked(await bearer())).status === 200, { what: 'the second key' });
    await house.hand('registry.tokens.v1', [await revoke(party)]);
    await waitFor(async () => (await asked(await bearer())).code === 'access.key', { what: 'the end of the key' });
  });
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
