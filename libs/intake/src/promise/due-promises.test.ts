// What the ledger is told of promises that have fallen due.

import { promisesDue } from '@unbroken/contracts';
import type { DuePromise } from '@unbroken/contracts';
import { Outbox } from '@unbroken/platform';
import { TestClock, waitFor } from '@unbroken/testing';
import { generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId, Signer } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { checkForm, isWellFormed } from '../check-form.js';
import type { Checked } from '../check-form.js';
import type { Received } from '../received/received.js';
import { receivedDatabase } from '../received/received-database.part.test.js';
import type { ReceivedDatabase } from '../received/received-database.part.test.js';
import { Retention } from '../received/retention.js';
import { DuePromises } from './due-promises.js';

const HOUR_MS = 60 * 60 * 1000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const iss = 'bring' as PartyId;

let database: ReceivedDatabase;
let source: DataSource;
let received: Received;
let signer: Signer;
let due: DuePromises;
const clock = new TestClock();

const newDue = () =>
  new DuePromises({
    dataSource: source,
    outbox: new Outbox(),
    relay: { wake: () => undefined },
    clock,
    service: 'bring',
  });

beforeAll(async () => {
  ({ signer } = await generateSigner('Ed25519'));
  database = await receivedDatabase(WEEK_MS);
  ({ source, received } = database);
  due = newDue();
  due.onApplicationBootstrap();
}, 60_000);

afterAll(async () => {
  await due.beforeApplicationShutdown();
  await database.drop();
});

const taken = async (count: number): Promise<readonly Checked[]> => {
  const claims = () => ({ iss, sub: shipmentId(iss, newJti()), jti: newJti(), iat: 1_772_000_000, evt: 'sealed' });
  const tokens = await Promise.all(Array.from({ length: count }, () => mintToken(claims(), signer)));
  const upload = [...tokens, 'no token'].map((token) => checkForm(Buffer.from(token)));
  await received.keep(upload, { receivedAt: clock.now() }, () => Promise.resolve());
  return upload.filter(isWellFormed);
};

const told = async (): Promise<readonly DuePromise[]> => {
  const rows: { value: Buffer }[] = await source.query(
    `SELECT value FROM outbox WHERE topic = 'promises.due.v1' ORDER BY id`,
  );
  return rows.flatMap(({ value }) => promisesDue.parse(JSON.parse(value.toString())).tokens);
};

const looked = async () => {
  const [row] = await source.query<{ due: Date }[]>('SELECT due FROM promises_asked');
  return row?.due.getTime();
};
const lookedUpTo = (at: number) => waitFor(async () => (await looked()) === at, { what: 'the clock to be looked at' });

it('taken and not due → nothing; due → each token once, by its id and bytes, across a restart', async () => {
  await lookedUpTo(clock.now());
  const tokens = [...(await taken(2)), ...(clock.advance(20 * 60_000), await taken(1))];
  clock.advance(WEEK_MS - HOUR_MS);
  await lookedUpTo(clock.now());
  expect(await told()).toEqual([]);
  clock.advance(HOUR_MS);
  await lookedUpTo(clock.now());
  await due.beforeApplicationShutdown();
  due = newDue();
  due.onApplicationBootstrap();
  clock.advance(HOUR_MS);
  await lookedUpTo(clock.now());
  const all = await told();
  expect(new Set(all.map(({ tid, sum }) => `${tid} ${sum}`))).toEqual(
    new Set(tokens.flatMap((one) => (isWellFormed(one) ? [`${one.envelope.tid} ${one.hash}`] : []))),
  );
  expect(all).toHaveLength(3);
  expect((all[2]?.due ?? 0) - (all[0]?.due ?? 0)).toBe(20 * 60);
});

it('more at one second than are told at once → all, each once', async () => {
  const before = (await told()).length;
  await source.query(
    `INSERT INTO received (hash, tid, at, received_at, due)
     SELECT sum, sum, $1, $1, $1 FROM (
       SELECT translate(encode(sha256(n::text::bytea), 'base64'), '+/=', '-_') AS sum FROM generate_series(1, 12001) AS n
     ) AS many`,
    [new Date(Math.ceil(clock.now() / 1000) * 1000 + 1000)],
  );
  clock.advance(HOUR_MS);
  await lookedUpTo(clock.now());
  const all = (await told()).slice(before);
  expect(all).toHaveLength(12_001);
  expect(new Set(all.map(({ sum }) => sum)).size).toBe(12_001);
});

it('promised for as long as it is remembered, and nobody has looked → remembered until it is told', async () => {
  await due.beforeApplicationShutdown();
  const [token] = await taken(1);
  if (token === undefined) throw new Error('nothing was taken');
  clock.advance(WEEK_MS + HOUR_MS);
  const retention = new Retention('courier', received, clock);
  await retention.forget();
  expect([...(await received.known([token]))]).toEqual([token.hash]);
  due = newDue();
  due.onApplicationBootstrap();
  await lookedUpTo(clock.now());
  expect((await told()).at(-1)?.sum).toBe(token.hash);
  await retention.forget();
  expect([...(await received.known([token]))]).toEqual([]);
});
