// The audit that runs by itself: once a night, across restarts, and what it finds is told.

import { auditHeartbeat } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from '../fixture/ledger-house.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let house: LedgerHouse;

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
  await house.settled('danish-post');
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const audits = () =>
  house.dataSource.query<{ result: string; ended_at: Date }[]>('SELECT result, ended_at FROM audits ORDER BY ended_at');

const heartbeats = (count: number) =>
  waitFor(
    () => {
      const heard = house.heard.filter(({ topic, key }) => topic === 'platform.heartbeats.v1' && key === 'audit');
      return heard.length < count
        ? undefined
        : heard.map(({ value }) => auditHeartbeat.parse(JSON.parse(value.toString())));
    },
    { what: `${count} audits` },
  );

it('the first night → audited and told; a restart audits it no second time; the next night again', async () => {
  await waitFor(async () => (await audits()).length === 1, { what: 'nights to be counted' });
  house.clock.advance(DAY_MS);
  const [first] = await heartbeats(1);
  expect(first?.logs).toEqual([
    { origin: 'unbroken-development/registry', size: 4, faults: 0 },
    { origin: 'unbroken-development/custody/0', size: 0, faults: 0 },
  ]);
  await house.stop();
  await house.start();
  await waitFor(() => house.writer.state === 'writing', { what: 'the ledger to write' });
  house.clock.advance(DAY_MS);
  await heartbeats(2);
  expect((await audits()).map(({ result }) => result)).toEqual(['none', 'clean', 'clean']);
}, 60_000);

it('a night nobody was there for → made up for at the start; a changed row → told, with the first place', async () => {
  await house.stop();
  house.clock.advance(3 * DAY_MS);
  await house.dataSource.query(`UPDATE entries SET sub = 'nobody' WHERE log = 'registry' AND index = 1`);
  await house.start();
  const told = (await heartbeats(3)).at(-1);
  expect(told?.logs[0]).toMatchObject({
    origin: 'unbroken-development/registry',
    found: { first: 'entry.changed in entries, registry 1' },
  });
  expect(told?.logs[0]?.faults).toBeGreaterThan(0);
  expect(told?.logs[1]).toMatchObject({ faults: 0 });
}, 60_000);
