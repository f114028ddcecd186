// Whether the ledger says which promises of the hub are not kept.

import { promisesHeartbeat } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { sha256Hash } from '@unbroken/tokens';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { establish, enrol, register, tidOf } from '../fixture/signers.js';
import type { Settled } from '../fixture/signers.js';

const DUE = Date.parse('2026-03-01T08:00:00Z') / 1000;

let house: LedgerHouse;
let post: Settled;

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
  post = await house.settled('danish-post');
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const fallDue = (tokens: readonly string[], due = DUE) =>
  house.hand('promises.due.v1', [
    JSON.stringify({
      service: 'courier',
      tokens: tokens.map((token) => ({ tid: tidOf(token), sum: sha256Hash(Buffer.from(token)), due })),
    }),
  ]);

const told = () =>
  house.heard
    .filter(({ topic, key }) => topic === 'platform.heartbeats.v1' && key === 'promises')
    .map(({ value }) => promisesHeartbeat.parse(JSON.parse(value.toString())));

const toldOf = (overdue: number) =>
  waitFor(() => (told().at(-1)?.overdue === overdue ? told().at(-1) : undefined), { what: `${overdue} overdue` });

it('recorded, refused or waiting for its key → kept; not arrived → overdue, until it is recorded', async () => {
  await toldOf(0);
  const { sub, registered } = await register(post.party);
  await house.hand('custody.tokens.v1', [registered], { key: sub });
  await house.until(registered, 'recorded');
  const forged = `${registered.slice(0, -8)}AAAAAAAA`;
  await house.hand('custody.tokens.v1', [forged], { key: sub });
  await house.hear('custody.refused.v1', 1);
  const { party } = await establish('early-post');
  await enrol(party);
  const early = await register(party);
  await house.hand('custody.tokens.v1', [early.registered], { key: early.sub });
  await house.until(early.registered, 'pending');
  const lost = await register(post.party);
  await fallDue([registered, forged, early.registered]);
  await fallDue([(await register(post.party)).registered, lost.registered], DUE - 60);
  await fallDue([lost.registered], DUE - 60);
  expect(await toldOf(2)).toMatchObject({ first: { due: '2026-03-01T07:59:00.000Z' } });
  const rows = await house.dataSource.query<{ tid: string }[]>('SELECT tid FROM overdue');
  expect(rows.map(({ tid }) => tid)).toContain(tidOf(lost.registered));
  await house.hand('custody.tokens.v1', [lost.registered], { key: lost.sub });
  await toldOf(1);
}, 60_000);

it('other bytes of a promised token are refused → it is overdue all the same', async () => {
  const { sub, registered } = await register(post.party);
  const forged = `${registered.slice(0, -8)}AAAAAAAA`;
  await house.hand('custody.tokens.v1', [forged], { key: sub });
  await house.hear('custody.refused.v1', 2);
  await fallDue([registered]);
  await toldOf(2);
}, 60_000);

it('nothing changes → told again after ten minutes, and after a restart', async () => {
  const before = told().length;
  house.clock.advance(10 * 60_000);
  await waitFor(() => told().length === before + 1, { what: 'the next heartbeat' });
  await house.stop();
  await house.start();
  await waitFor(() => told().length === before + 2, { what: 'the heartbeat of the start' });
  expect(told().at(-1)?.overdue).toBe(2);
}, 60_000);

it('what says nothing of promises → on the dead topic, and the next is heard', async () => {
  await house.hand('promises.due.v1', ['{"service":"courier","tokens":[]}', 'nonsense']);
  await fallDue([(await register(post.party)).registered]);
  await toldOf(3);
}, 60_000);
