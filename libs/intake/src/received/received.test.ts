// What intake remembers, for how long, and under what strain.

import { TestClock } from '@unbroken/testing';
import type { DataSource } from 'typeorm';
import { checkForm } from '../check-form.js';
import type { Received } from './received.js';
import { receivedDatabase } from './received-database.part.test.js';
import type { ReceivedDatabase } from './received-database.part.test.js';
import { Retention } from './retention.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let database: ReceivedDatabase;
let source: DataSource;
let received: Received;

beforeAll(async () => {
  database = await receivedDatabase(DAY_MS);
  ({ source, received } = database);
}, 60_000);

afterAll(() => database.drop());

const nothingMore = () => Promise.resolve();
const upload = (...texts: string[]) => texts.map((text) => checkForm(Buffer.from(text)));
const published = async (text: string): Promise<number> => {
  const rows: unknown[] = await source.query('SELECT 1 FROM outbox WHERE value = $1', [Buffer.from(text)]);
  return rows.length;
};

it('the same bytes in many uploads at once, in any order → published once, and nobody deadlocks', async () => {
  const turns = [0, 1, 2, 3, 4, 5, 6, 7];
  const runners = turns.map(() => source.createQueryRunner());
  // A connection each, before they begin: none waits for the other's handshake.
  await Promise.all(runners.map((runner) => runner.connect()));
  await Promise.all(runners.map((runner) => runner.release()));
  for (const round of ['a', 'b', 'c', 'd']) {
    const texts = Array.from({ length: 500 }, (_, place) => `${round} ${place}`);
    const uploads = turns.map((turn) => upload(...(turn % 2 === 0 ? texts : texts.toReversed())));
    await Promise.all(uploads.map((one) => received.keep(one, { receivedAt: 0 }, nothingMore)));
  }
  expect(await source.query('SELECT 1 FROM outbox')).toHaveLength(4 * 500);
  expect(await source.query('SELECT DISTINCT value FROM outbox')).toHaveLength(4 * 500);
});

it('the same bytes again within a minute → not published again; after it → once more', async () => {
  const clock = new TestClock();
  const keep = () => received.keep(upload('repeated'), { receivedAt: clock.now() }, nothingMore);
  await keep();
  clock.advance(59_000);
  await keep();
  expect(await published('repeated')).toBe(1);
  clock.advance(2_000);
  await keep();
  expect(await published('repeated')).toBe(2);
});

it('the same bytes again, also when they are published again → promised as the first time; others anew', async () => {
  const clock = new TestClock(new Date('2026-03-02T08:00:00.700Z'));
  const first = Math.floor(clock.now() / 1000);
  const keep = (...texts: string[]) => received.keep(upload(...texts), { receivedAt: clock.now() }, nothingMore);
  const [hash = '', other = ''] = upload('promised', 'other').map((one) => one.hash);
  expect((await keep('promised')).get(hash)).toEqual({ received: first, due: first + 86_400 });
  for (const seconds of [10, 3600]) {
    clock.advance(seconds * 1000);
    const promised = await keep('promised', 'other');
    expect(promised.get(hash)).toEqual({ received: first, due: first + 86_400 });
    expect(promised.get(other)).toEqual({ received: first + 10, due: first + 86_410 });
  }
});

it('bytes that the version before kept → promised from when they came', async () => {
  const [one] = upload('before');
  await source.query('INSERT INTO received (hash, at) VALUES ($1, $2)', [one?.hash, new Date(1_000_500)]);
  const promised = await received.keep(upload('before'), { receivedAt: 1_030_000 }, nothingMore);
  expect(promised.get(one?.hash ?? '')).toEqual({ received: 1000, due: 87_400 });
});

it('what else must be kept fails → nothing is kept', async () => {
  const failing = () => Promise.reject(new Error('no'));
  await expect(received.keep(upload('together'), { receivedAt: 0 }, failing)).rejects.toThrow('no');
  expect(await published('together')).toBe(0);
  expect(await received.known(upload('together'))).toEqual(new Set());
});

it('older than seven days → forgotten; younger → known', async () => {
  const clock = new TestClock();
  await source.query(`INSERT INTO promises_asked (due) VALUES ('infinity')`);
  await received.keep(upload('old'), { receivedAt: clock.now() }, nothingMore);
  clock.advance(2 * DAY_MS);
  await received.keep(upload('young'), { receivedAt: clock.now() }, nothingMore);
  clock.advance(6 * DAY_MS);
  await new Retention('courier', received, clock).forget();
  const known = await received.known(upload('old', 'young'));
  expect([...known]).toEqual(upload('young').map(({ hash }) => hash));
});
