import { jest } from '@jest/globals';
import { headers } from '@unbroken/contracts';
import { Outbox } from '@unbroken/platform';
import { privatePostgres, waitFor } from '@unbroken/testing';
import type { PrivatePostgres } from '@unbroken/testing';
import type { PartyId } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { OPERATOR, register, release, settle, tidOf } from '../fixture/signers.js';
import { registryEntryOf } from '../keys/registry-entry.js';
import { RegistryBook } from '../keys/registry-book.js';
import { appendCustody } from './append-custody.js';
import { Batch } from './batch.js';
import { commitBatch } from './commit-batch.js';
import { NotTheWriter } from './not-the-writer.js';
import { OpenLogs } from './open-logs.js';
import { takeWriterRole } from './writer-role.js';

const LOGS = { custody: 'custody/0', ended: [] } as const;

jest.setTimeout(120_000);

/** Tokens of many chains, two each, in the order they are handed in. */
async function parcels(post: Awaited<ReturnType<typeof settle>>, count: number) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { sub, registered } = await register(post.party);
      return { sub, tokens: [registered, await release(post.party, sub, tidOf(registered))] };
    }),
  );
}

async function expectEveryTokenOnce(house: LedgerHouse, chains: Awaited<ReturnType<typeof parcels>>): Promise<void> {
  await Promise.all(chains.map(({ tokens }) => house.until(tokens[1] ?? '', 'recorded')));
  const entries = await house.entries('custody/0');
  expect(entries.map(({ index }) => Number(index))).toEqual(entries.map((_, i) => i));
  expect(entries.map(({ token }) => token).sort()).toEqual(chains.flatMap(({ tokens }) => tokens).sort());
}

describe('one writer', () => {
  let house: LedgerHouse;
  let post: Awaited<ReturnType<typeof settle>>;

  beforeEach(async () => {
    house = await LedgerHouse.build();
    post = await settle('north-post');
  });
  afterEach(() => house.tearDown());

  it('closed and opened again while tokens come → every one recorded once, no hole, published without a hole', async () => {
    await house.hand('registry.tokens.v1', post.tokens);
    const chains = await parcels(post, 100);
    await house.start();
    await house.until(post.tokens.at(-1) ?? '', 'recorded');
    for (const [i, { sub, tokens }] of chains.entries()) {
      await house.hand('custody.tokens.v1', tokens, { key: sub });
      if (i % 30 === 29) {
        await house.stop();
        await house.start();
      }
    }
    await expectEveryTokenOnce(house, chains);
    await waitFor(
      async () => {
        const heard = new Set(
          (await house.hear('custody.recorded.v1', 200)).map((one) => one.headers[headers.logIndex]),
        );
        return heard.size === 200;
      },
      { what: 'every entry to be published' },
    );
  });

  it('a second ledger → stands by without taking tokens, and takes over when the first one ends', async () => {
    await house.start();
    await house.hand('registry.tokens.v1', post.tokens);
    await house.until(post.tokens.at(-1) ?? '', 'recorded');
    const second = await house.another();
    try {
      await waitFor(() => second.writer.state === 'standby', { what: 'the second ledger to stand by' });
      await expect(second.writer.take([])).rejects.toThrow(NotTheWriter);
      const [first, ...others] = await parcels(post, 20);
      await house.hand('custody.tokens.v1', first?.tokens ?? [], { key: first?.sub ?? '' });
      await house.until(first?.tokens[1] ?? '', 'recorded');
      await house.stop();
      await waitFor(() => second.writer.state === 'writing', { what: 'the second ledger to take over' });
      for (const { sub, tokens } of others) await second.hand('custody.tokens.v1', tokens, { key: sub });
      await expectEveryTokenOnce(second, [...(first ? [first] : []), ...others]);
    } finally {
      await second.stop();
    }
  });

  it('a writer whose epoch has passed → cannot write, though it does not know', async () => {
    const ports = { dataSource: house.dataSource, outbox: new Outbox() };
    const old = await takeWriterRole(house.dataSource, 'unbroken-development', LOGS);
    await old?.release();
    const present = await takeWriterRole(house.dataSource, 'unbroken-development', LOGS);
    if (old === undefined || present === undefined) throw new Error('the role was not free');
    const { sub, registered } = await register(post.party);
    const batch = new Batch('custody/0', old.heads.of('custody/0'), [], Date.now(), 0);
    const arrival = { bytes: Buffer.from(registered), receivedAt: null, deviceClock: null };
    batch.add(arrival, { is: 'sound', tid: tidOf(registered), kid: post.party.device.kid, sub });
    await expect(commitBatch(ports, batch, old.epoch)).rejects.toThrow(NotTheWriter);
    expect(await house.entries('custody/0')).toEqual([]);
    await commitBatch(ports, batch, present.epoch);
    expect(await house.entries('custody/0')).toHaveLength(1);
    await present.release();
  });

  it('key enrolled while its token was being verified → recorded, not parked where nothing would fetch it', async () => {
    const role = await takeWriterRole(house.dataSource, 'unbroken-development', LOGS);
    if (role === undefined) throw new Error('the role was not free');
    const logs = new OpenLogs({ dataSource: house.dataSource, outbox: new Outbox(), clock: house.clock }, role);
    const { sub, registered } = await register(post.party);
    const arrival = { bytes: Buffer.from(registered), receivedAt: null, deviceClock: null };
    const reading = { tid: tidOf(registered), kid: post.party.device.kid, sub };
    const book = new RegistryBook({ operator: OPERATOR });
    post.tokens.forEach((token, index) => {
      const envelope = parseTokenSync(token);
      const { tid, header, claims } = envelope;
      const place = { tid, kid: header.kid, sub: claims.sub as PartyId, index, recordedAt: 0 };
      book.append(registryEntryOf(place, { envelope }, 'unbroken-development'));
    });
    book.news();
    const judged = [{ arrival, verdict: { is: 'unknown-key' as const, ...reading } }];
    await appendCustody(logs, book, 'unbroken-development', judged);
    expect((await house.entries('custody/0')).map(({ token }) => token)).toEqual([registered]);
    expect(await house.dataSource.query<unknown[]>('SELECT 1 FROM parked')).toEqual([]);
    await role.release();
  });

  it('the deployment given another name → refuses to write under it', async () => {
    await (await takeWriterRole(house.dataSource, 'unbroken-development', LOGS))?.release();
    await expect(takeWriterRole(house.dataSource, 'renamed', LOGS)).rejects.toThrow(/set its old name again/);
    await (await takeWriterRole(house.dataSource, 'unbroken-development', LOGS))?.release();
  });

  it('crash between publishing and the cursor → published again, in order, without a hole', async () => {
    await house.start();
    await house.hand('registry.tokens.v1', post.tokens);
    await house.hear('registry.recorded.v1', 4);
    await house.stop();
    await house.dataSource.query(`UPDATE publications SET published = 1 WHERE log = 'registry'`);
    await house.start();
    const heard = await house.hear('registry.recorded.v1', 7);
    expect(heard.map((one) => one.headers[headers.logIndex])).toEqual(['0', '1', '2', '3', '1', '2', '3']);
  });

  it('crash between commit and publishing → published at the next start', async () => {
    await house.start();
    await house.hand('registry.tokens.v1', post.tokens);
    await house.hear('registry.recorded.v1', 4);
    await house.stop();
    const role = await takeWriterRole(house.dataSource, 'unbroken-development', LOGS);
    if (role === undefined) throw new Error('the role was not free');
    const { sub, registered } = await register(post.party);
    const batch = new Batch('custody/0', role.heads.of('custody/0'), [], Date.now(), 4);
    const arrival = { bytes: Buffer.from(registered), receivedAt: null, deviceClock: null };
    batch.add(arrival, { is: 'sound', tid: tidOf(registered), kid: post.party.device.kid, sub });
    await commitBatch({ dataSource: house.dataSource, outbox: new Outbox() }, batch, role.epoch);
    await role.release();
    await house.start();
    expect(await house.hear('custody.recorded.v1', 1)).toMatchObject([{ key: sub }]);
  });
});

describe('one writer, whose Postgres is killed', () => {
  let postgres: PrivatePostgres;
  let house: LedgerHouse;

  beforeAll(async () => {
    postgres = await privatePostgres();
    house = await LedgerHouse.build(postgres);
  });
  afterAll(async () => {
    await house.tearDown();
    await postgres.stop();
  });

  it('killed with -9 while tokens come → takes the role again by itself, every token recorded once', async () => {
    const post = await settle('north-post');
    const chains = await parcels(post, 150);
    await house.start();
    await house.hand('registry.tokens.v1', post.tokens);
    await house.until(post.tokens.at(-1) ?? '', 'recorded');
    for (const [i, { sub, tokens }] of chains.entries()) {
      await house.hand('custody.tokens.v1', tokens, { key: sub });
      if (i === 50) await postgres.kill9();
    }
    await waitFor(async () => (await house.dataSource.query<unknown[]>('SELECT 1')).length, {
      what: 'Postgres to be back',
    });
    await expectEveryTokenOnce(house, chains);
  });
});
