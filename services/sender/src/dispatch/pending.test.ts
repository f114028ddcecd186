// What the sender's door remembers of tokens on their way to the ledger, and what it does not.

import { headers } from '@unbroken/contracts';
import { openDatabase } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { DataSource } from 'typeorm';
import { SenderHouse } from '../fixture/sender-house.js';
import { forged } from '../fixture/test-parcel.js';
import type { TestParcel } from '../fixture/test-parcel.js';

const MOST_KEPT = 200;

let door: SenderHouse;
let database: DataSource;

beforeAll(async () => {
  door = await SenderHouse.open();
  const { settings } = door.house;
  database = await openDatabase({ service: 'sender', settings, entities: [], migrations: [] });
}, 120_000);

afterAll(async () => {
  await database.destroy();
  await door.close();
}, 60_000);

async function kept({ sub }: TestParcel): Promise<string[]> {
  const rows: { token: string }[] = await database.query('SELECT token FROM pending WHERE sub = $1 ORDER BY no', [sub]);
  return rows.map(({ token }) => token);
}

const refuse = (token: string) =>
  door.house.ledger.poison('custody.refused.v1', {
    key: parseTokenSync(token).claims.sub,
    value: token,
    headers: { [headers.reasonCode]: 'token.unknown-key', [headers.tokenId]: parseTokenSync(token).tid },
  });

it('recorded by the ledger → forgotten, for the chain itself knows it', async () => {
  const parcel = door.parcel();
  const tokens = [await parcel.register(), await parcel.line('sealed', { seals: { S1: 'H' } })];
  await door.post(...tokens);
  expect(await kept(parcel)).toEqual(tokens);
  await door.recorded(parcel.sub, ...tokens);
  await waitFor(async () => (await kept(parcel)).length === 0, { what: 'the chain to be known' });
});

it('refused by the ledger → forgotten; others of the chain stay', async () => {
  const parcel = door.parcel();
  const registered = await parcel.register();
  const unknown = await parcel.sign('approved', { prev: parseTokenSync(registered).tid }, door.people.stranger);
  await door.post(registered, unknown);
  expect(await kept(parcel)).toEqual([registered, unknown]);
  await refuse(unknown);
  await waitFor(async () => (await kept(parcel)).length === 1, { what: 'the refusal to be heard' });
  expect(await kept(parcel)).toEqual([registered]);
});

it('a forgery of it is refused → the token itself is still known', async () => {
  const parcel = door.parcel();
  const registered = await parcel.register();
  const last = await door.parcel().sign('approved', { prev: parseTokenSync(registered).tid }, door.people.stranger);
  await door.post(registered, last);
  await door.house.ledger.poison('custody.refused.v1', { key: null, value: 'nonsense' });
  await door.house.ledger.poison('custody.refused.v1', { key: null, value: null });
  await refuse(forged(registered));
  await refuse(last);
  const { sub } = parseTokenSync(last).claims;
  const isHeard = async () => {
    const rows: unknown[] = await database.query('SELECT 1 FROM pending WHERE sub = $1', [sub]);
    return rows.length === 0;
  };
  await waitFor(isHeard, { what: 'the refusals to be heard' });
  expect(await kept(parcel)).toEqual([registered]);
});

it('forged by a known key → taken in for the ledger to refuse, and never kept here', async () => {
  const parcel = door.parcel();
  const registered = await parcel.register();
  expect(await door.fates(forged(await parcel.approve(door.people.bo)), registered)).toEqual(['passed', 'passed']);
  expect(await kept(parcel)).toEqual([registered]);
});

it('more than can be kept of one chain → the newest are not, and what hangs on them is held back', async () => {
  const parcel = door.parcel();
  const { bo } = door.people;
  const registered = await parcel.register();
  const remarks = await Promise.all(Array.from({ length: MOST_KEPT + 50 }, () => parcel.approve(bo)));
  const other = door.parcel();
  const beside = await other.register();
  const sealed = await parcel.line('sealed', { seals: { S1: 'H' } });
  await door.post(registered, ...remarks.slice(0, 100));
  await door.post(...remarks.slice(100), beside, sealed);
  expect(await kept(parcel)).toEqual([registered, ...remarks.slice(0, MOST_KEPT - 1)]);
  expect(await kept(other)).toEqual([beside]);
  const release = await parcel.release();
  expect((await door.postAlone(release)).body['code']).toBe('dispatch.unknown-chain');

  for (const token of [registered, sealed]) await door.house.ledger.record(token);
  const passes = async () => (await door.postAlone(release)).status === 202;
  await waitFor(passes, { what: 'the ledger to tell of it' });
});
