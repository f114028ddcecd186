// A day of a ledger whose checkpoints a real authority stamps, and what its evidence shows then.

import { trustAnswer } from '@unbroken/contracts';
import type { TrustAnswer } from '@unbroken/contracts';
import { readBundle, verifyEvidence } from '@unbroken/evidence';
import type { EvidenceBundle } from '@unbroken/evidence';
import { waitFor } from '@unbroken/testing';
import type { ShipmentId } from '@unbroken/tokens';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, release, settle, tidOf } from '../fixture/signers.js';
import { TestAuthority } from '../fixture/test-authority.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let authority: TestAuthority;
let stranger: TestAuthority;
let house: LedgerHouse;
let trust: TrustAnswer;
let sub: ShipmentId;
let registered: string;
let post: Awaited<ReturnType<typeof settle>>;

const taken = async (log: string): Promise<number[]> => {
  const rows = await house.dataSource.query<{ size: string }[]>(
    'SELECT size FROM timestamps WHERE log = $1 ORDER BY size',
    [log],
  );
  return rows.map(({ size }) => Number(size));
};
const untilTaken = (log: string, sizes: number) =>
  waitFor(async () => ((await taken(log)).length >= sizes ? taken(log) : undefined), {
    what: `${sizes} timestamps of ${log}`,
    timeoutMs: 30_000,
  });
const readiness = async (): Promise<string> => JSON.stringify(await (await house.getRoot('readyz')).json());
const evidence = async (): Promise<EvidenceBundle> =>
  readBundle(await (await house.get(`chains/${sub}/evidence`)).text());

/** What is said of time, worst first. */
async function saidOf(bundle: EvidenceBundle, policy: TrustAnswer = trust): Promise<[result: string, said: string][]> {
  const { checks } = await verifyEvidence(bundle, policy, Math.floor(house.clock.now() / 1000));
  return checks.filter(({ name }) => name === 'time').map(({ result, said }) => [result, said]);
}
const results = async (bundle: EvidenceBundle, policy?: TrustAnswer) =>
  (await saidOf(bundle, policy)).map(([result]) => result);

beforeAll(async () => {
  [authority, stranger] = await Promise.all([TestAuthority.open(), TestAuthority.open({ name: 'Stranger' })]);
  house = await LedgerHouse.build(undefined, {
    UNBROKEN_TIMESTAMP_AUTHORITIES: authority.url,
    UNBROKEN_TIMESTAMP_CERTIFICATES: authority.files.ca,
  });
  // Nothing is stamped before all of it is there.
  authority.broken = 'error';
  await house.start();
  post = await settle('north-post');
  await house.hand('registry.tokens.v1', post.tokens);
  await house.until(post.tokens.at(-1) ?? '', 'recorded');
  ({ sub, registered } = await register(post.party));
  await house.hand('custody.tokens.v1', [registered], { key: sub });
  await house.until(registered, 'recorded');
  await waitFor(async () => (await house.get(`tokens/${tidOf(registered)}/receipt`)).ok, { what: 'the checkpoint' });
  trust = trustAnswer.parse(await (await house.get('trust')).json());
  authority.broken = undefined;
  house.clock.advance(3_600_000);
}, 120_000);

afterAll(async () => {
  await house.tearDown();
  await Promise.all([authority.close(), stranger.close()]);
}, 60_000);

describe('checkpoints are stamped', () => {
  it('once, and no second time on the same day, though more is recorded', async () => {
    expect(await untilTaken('custody/0', 1)).toEqual([1]);
    await untilTaken('registry', 1);
    const { asked } = authority;
    const released = await release(post.party, sub, tidOf(registered));
    await house.hand('custody.tokens.v1', [released], { key: sub });
    await house.until(released, 'recorded');
    await house.stop();
    await house.start();
    await waitFor(async () => (await house.getRoot('readyz')).ok, { what: 'the ledger', timeoutMs: 30_000 });
    expect(await taken('custody/0')).toEqual([1]);
    expect(authority.asked).toBe(asked);
  }, 90_000);

  it('the trust policy says by whom', () => {
    expect(trust.timestamps).toMatchObject({ authorities: [authority.url], certificates: [expect.any(String)] });
  });

  it('evidence → says what existed before when, by the authority, and what it cannot say', async () => {
    const said = await saidOf(await evidence());
    expect(said.map(([result]) => result)).toEqual(['holds', 'holds', 'unknown']);
    expect(said.map(([, text]) => text)).toEqual([
      expect.stringMatching(/^4 of 4 statements about parties existed before .* that Test Authority has stamped\.$/),
      expect.stringMatching(
        /^1 of 2 statements about the parcel existed before .* UTC, in a checkpoint of 1 entries of /,
      ),
      expect.stringMatching(/^When before that/),
    ]);
  });

  it('the next day, while the authority is out of order → said, and made up for when it answers', async () => {
    authority.broken = 'error';
    house.clock.advance(DAY_MS + 1000);
    await waitFor(async () => (await readiness()).includes('gave no timestamp of custody/0'), {
      what: 'the silence to be told',
      timeoutMs: 30_000,
    });
    expect((await house.getRoot('readyz')).ok).toBe(true);
    expect(await taken('custody/0')).toEqual([1]);
    authority.broken = undefined;
    house.clock.advance(3_600_000);
    expect(await untilTaken('custody/0', 2)).toEqual([1, 2]);
    // Of the registry there is nothing new, and nothing is asked.
    expect((await taken('registry')).length).toBe(1);
    expect(await readiness()).not.toContain('gave no timestamp');
    expect((await (await house.getRoot('metrics')).text()).replaceAll(/\d{6,}/g, 'N')).toContain(
      'unbroken_timestamp_last_taken_seconds{log="custody/0",authority=',
    );
    expect((await saidOf(await evidence())).map(([, text]) => text.slice(0, 33))).toContain(
      '2 of 2 statements about the parcel'.slice(0, 33),
    );
  }, 90_000);
});

describe('a timestamp in evidence', () => {
  it('of an authority that the policy does not name → unknown, and nothing fails', async () => {
    const bundle = await evidence();
    for (const timestamps of [{ authorities: [stranger.url], certificates: [] }, null, undefined]) {
      expect(new Set(await results(bundle, { ...trust, timestamps }))).toEqual(new Set(['unknown']));
    }
  });

  it.each<[string, (copy: NonNullable<EvidenceBundle['timestamps']>) => void]>([
    [
      'of another checkpoint',
      ([first, second]) => first && second && ([first.token, second.token] = [second.token, first.token]),
    ],
    ['with a letter changed', (all) => all.forEach((one) => (one.token = `${one.token.slice(0, -8)}AAAAAAAA`))],
    [
      'of a checkpoint the log has not signed',
      (all) => all.forEach((one) => (one.checkpoint = one.checkpoint.replace(/\n\d+\n/, '\n9\n'))),
    ],
    ['whose tree is not shown to be the beginning of this one', (all) => all.forEach((one) => (one.consistency = []))],
    ['that is none', (all) => all.forEach((one) => (one.token = 'AAAA'))],
  ])('%s → fails', async (_, spoil) => {
    const copy = structuredClone(await evidence());
    spoil(copy.timestamps ?? []);
    const { holds, checks } = await verifyEvidence(copy, trust, Math.floor(house.clock.now() / 1000));
    expect(holds).toBe(false);
    expect(checks.filter(({ result }) => result === 'fails').map(({ name }) => name)).toContain('time');
  });

  it('a bundle of a hub that had none → as before: nobody vouches', async () => {
    const { timestamps, ...older } = await evidence();
    expect(timestamps?.length).toBe(3);
    expect(await saidOf(older)).toEqual([['unknown', expect.stringContaining('no time-stamping authority')]]);
  });
});
