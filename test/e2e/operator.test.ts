// What an operator does at three in the morning, on the real thing: the ledger's database is lost, the log is refilled, the
// root is the one that was signed, and tokens flow on. Then somebody changes a row.

import { waitFor } from '@unbroken/testing';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import { settleCast } from './cast/cast.js';
import type { Cast } from './cast/cast.js';
import { post } from './cast/door.js';
import { delivered } from './cast/stories.js';
import { Up } from './system/up.js';

let up: Up;
let cast: Cast;

beforeAll(async () => {
  up = await Up.start({ split: false });
  cast = await settleCast(up.client);
}, 240_000);

afterAll(() => up.stop(), 90_000);

/** One parcel from hand to hand; resolves when all of it is under a signed checkpoint. */
async function parcelDelivered(size: number): Promise<string> {
  const { parcel } = await delivered(cast);
  for (const token of parcel.tokens) expect(await post(up.url, token)).toBe(202);
  await waitFor(async () => (await checkpoint()).size === size, {
    what: `${size} entries to be signed`,
    timeoutMs: 60_000,
  });
  return parcel.sub;
}

const checkpoint = async () => {
  const answer = await fetch(`${up.url}/ledger/log/custody/checkpoint`);
  return parseCheckpoint(parseNote(await answer.text()).text);
};

const chain = async (sub: string) => (await fetch(`${up.url}/ledger/v1/chains/${sub}`)).text();

it('the ledger’s database lost → audit says so, recover refills it, the same root, and tokens flow on', async () => {
  const sub = await parcelDelivered(7);
  const before = { chain: await chain(sub), checkpoint: await checkpoint() };
  expect(up.operates('audit')).toMatchObject({
    exit: 0,
    said: expect.stringContaining('7 entries, 7 of them under') as string,
  });

  await up.sql('DROP SCHEMA ledger CASCADE');
  await up.stop();
  const lost = up.operates('audit', '--json');
  expect(lost.exit).toBe(1);
  expect(lost.said).toContain('entry.missing');

  const recovered = up.operates('recover');
  expect(recovered).toMatchObject({ exit: 0 });
  expect(recovered.said).toContain('custody/0: 7 entries, 7 of them signed; 7 had to be written again');
  expect(recovered.said).toContain('unbroken rebuild --all');
  const again = up.operates('recover', '--json');
  expect(again).toMatchObject({ exit: 0 });
  expect(JSON.parse(again.said)).toMatchObject({ logs: [{ written: 0 }, { written: 0 }] });
  expect(up.operates('rebuild')).toMatchObject({ exit: 2 });
  expect(up.operates('rebuild', '--all')).toMatchObject({
    exit: 0,
    said: expect.stringContaining('All views are made anew: dashboard, alerts, sender, courier, receiver.') as string,
  });

  await up.start();
  expect(await checkpoint()).toEqual(before.checkpoint);
  expect(await chain(sub)).toBe(before.chain);
  await parcelDelivered(14);
  expect(up.operates('audit')).toMatchObject({ exit: 0 });
}, 300_000);

it('a row changed in the running database → the audit names it; recover refuses beside a ledger at work', async () => {
  await up.sql(
    `UPDATE ledger.entries SET recorded_at = recorded_at + interval '1 s' WHERE log = 'custody/0' AND index = 3`,
  );
  const { exit, said } = up.operates('audit');
  expect(exit).toBe(1);
  expect(said).toContain('entry.changed  entries, log custody/0, index 3');
  expect(up.operates('recover')).toMatchObject({
    exit: 1,
    said: expect.stringContaining('Stop every ledger first') as string,
  });
}, 120_000);
