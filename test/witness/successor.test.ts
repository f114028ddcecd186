// A custody log that has lost what it signed, and the agent of a party that witnesses it and keeps a copy: the one that goes
// on is followed and cosigned, the copy goes on over both, and holds what the hub has lost.

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { TrustAnswer } from '@unbroken/contracts';
import { isUnproven, verifyEvidence } from '@unbroken/evidence';
import { createKafka, topicName } from '@unbroken/platform';
import { UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { bundleFromCopy } from '../../services/agent/src/copy/bundle-from-copy.js';
import { CopiedChains } from '../../services/agent/src/copy/copied-chain.js';
import { EntryFiles } from '../../services/agent/src/copy/entry-files.js';
import { AgentHouse } from '../../services/agent/src/fixture/agent-house.js';
import { PinnedTrust } from '../../services/agent/src/trust/pinned-trust.js';
import { LedgerHouse } from '../../services/ledger/src/fixture/ledger-house.js';
import { register, release, settle, tidOf } from '../../services/ledger/src/fixture/signers.js';
import { recover } from '../../services/ledger/src/recover/recover.js';
import { between } from './between.js';

jest.setTimeout(120_000);

const PARTY = 'danish-post';
const OLD = 'unbroken-development/custody/0';
const NEW = 'unbroken-development/custody/1';

let house: LedgerHouse;
let hub: Awaited<ReturnType<typeof between>>;
let agent: AgentHouse;
let post: Awaited<ReturnType<typeof settle>>;
let url = '';

async function started(): Promise<void> {
  await house.start();
  url = new URL((await house.getRoot('readyz')).url).origin;
}

beforeAll(async () => {
  house = await LedgerHouse.build();
  await started();
  hub = await between(() => url);
  agent = new AgentHouse(hub.url, { UNBROKEN_AGENT_PARTY: PARTY });
  post = await settle(PARTY);
  await house.hand('registry.tokens.v1', post.tokens);
  await house.hear('registry.recorded.v1', post.tokens.length);
});

afterAll(async () => {
  await agent.tearDown();
  await hub.close();
  await house.tearDown();
}, 60_000);

async function record(token: string, sub: string): Promise<void> {
  await house.hand('custody.tokens.v1', [token], { key: sub });
  await house.until(token, 'recorded');
}

/** What the receiver's view answers, which is not here. */
const chainsAre = (...chains: readonly { readonly sub: string; readonly version: number }[]): void => {
  const body = JSON.stringify({ chains, cursor: null });
  hub.instead.set(`/receiver/v1/chains?party=${PARTY}`, { status: 200, body });
};

const untilCopied = (sub: string, tokens: number) =>
  waitFor(async () => (await new CopiedChains(agent.home.copy).of(sub))?.chain.tokens.length === tokens || undefined, {
    what: `${tokens} tokens of ${sub} in the copy`,
    timeoutMs: 60_000,
  });

async function forgotten(): Promise<void> {
  const admin = createKafka(house.settings, 'test').admin();
  await admin.connect();
  for (const name of ['custody.recorded.v1', 'custody.tokens.v1'] as const) {
    const topic = topicName(house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, name);
    const partitions = (await admin.fetchTopicOffsets(topic)).filter(({ low, high }) => low !== high);
    await admin.deleteTopicRecords({
      topic,
      partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })),
    });
  }
  await admin.disconnect();
}

it('the log ended after a loss → the agent follows, cosigns and copies on; its own evidence spans both logs', async () => {
  const [parcel, other] = [await register(post.party), await register(post.party)];
  const released = await release(post.party, parcel.sub, tidOf(parcel.registered));
  for (const [token, sub] of [
    [parcel.registered, parcel.sub],
    [other.registered, other.sub],
    [released, parcel.sub],
  ] as const)
    await record(token, sub);
  chainsAre({ sub: parcel.sub, version: 1 });
  await agent.start();
  await untilCopied(parcel.sub, 2);
  const pinned = JSON.parse(await readFile(agent.home.trust, 'utf8')) as TrustAnswer;
  await agent.stop();
  await house.stop();

  // The hub loses its first entry, and the second one, which no party of this test has copied.
  const all = await house.entries('custody/0');
  const folder = await mkdtemp(join(tmpdir(), 'unbroken-copy-'));
  const lines = (await readFile(join(agent.home.copy, 'custody-0.ndjson'), 'utf8')).trim().split('\n');
  await writeFile(
    join(folder, 'custody-0.ndjson'),
    `${lines.filter((line) => line.includes('"index":2')).join('\n')}\n`,
  );
  const tables = 'entries, logs, tiles, checkpoints, publications, malformed_tokens, parked, refused, outbox';
  await house.dataSource.query(`TRUNCATE ${tables}`);
  await forgotten();
  const successor = { reason: 'a fire', confirm: () => Promise.resolve(true) };
  await recover(house.settings, { copies: [folder], successor, clock: house.clock }, () => undefined);
  expect((await house.entries('custody/0')).map(({ index }) => index)).toEqual(['2']);

  // Listed as a witness, it cosigns the log that goes on as soon as it follows it.
  const file = join(house.settings.UNBROKEN_STATE_DIR, 'witnesses.json');
  const vkey = await agent.vkey();
  await agent.start();
  const witness = { name: `${PARTY}/witness`, vkey, party: PARTY, url: `${agent.url}/witness` };
  await writeFile(file, JSON.stringify({ quorum: 1, witnesses: [witness] }));
  Object.assign(house.settings, { UNBROKEN_WITNESSES: file });
  await started();
  await agent.stop();
  await agent.start();
  witness.url = `${agent.url}/witness`;
  await house.stop();
  await writeFile(file, JSON.stringify({ quorum: 1, witnesses: [witness] }));
  await started();
  const ended = await waitFor(async () => (await agent.findings())[0], { what: 'a finding', timeoutMs: 60_000 });
  expect(ended).toMatchObject({ code: 'log.ended', about: OLD, said: expect.stringContaining(NEW) as string });

  const last = await register(post.party);
  await record(last.registered, last.sub);
  const witnessed = async () => (await house.get(`tokens/${tidOf(last.registered)}/receipt?witnessed=true`)).ok;
  await waitFor(witnessed, { what: 'a witnessed receipt of the new log', timeoutMs: 60_000 });

  // Its chain has a gap at the hub, until the party brings again what was lost.
  expect((await house.chain(parcel.sub)).state).toMatchObject({ gaps: [tidOf(released)] });
  await record(parcel.registered, parcel.sub);
  expect((await house.chain(parcel.sub)).state).toMatchObject({ status: 'offered', gaps: [] });
  chainsAre({ sub: parcel.sub, version: 2 });
  await untilCopied(parcel.sub, 3);

  const client = new UnbrokenClient({ url: 'http://127.0.0.1:9' });
  const trust = new PinnedTrust({ kept: agent.home.trust, successions: agent.home.successions, client });
  await trust.open();
  const chains = new CopiedChains(agent.home.copy);
  const bundle = await bundleFromCopy(parcel.sub, { trust, files: new EntryFiles(agent.home.copy), chains });
  // The receipts of before are kept: the hub itself could not show them any more.
  expect(bundle.tokens.map(isUnproven)).toEqual([false, false, false]);
  expect(bundle.trust.logs.map(({ origin }) => origin)).toContain(NEW);
  const report = await verifyEvidence(bundle, { ...pinned, witnesses: [], quorum: 0 }, Math.floor(Date.now() / 1000));
  expect(report.checks.filter(({ result }) => result === 'fails')).toEqual([]);
  expect(report.chain.state).toMatchObject({ status: 'offered', gaps: [] });
  expect(report.chain.tokens.map(({ log, index }) => `${log} ${index}`)).toEqual([`${OLD} 0`, `${OLD} 2`, `${NEW} 1`]);
  expect((await agent.findings()).map(({ code }) => code)).toEqual(['log.ended']);
  expect(all).toHaveLength(3);
});
