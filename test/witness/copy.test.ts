// A party's own copy, kept by its agent from a running hub: what it holds, what it survives, and what it finds out when the
// hub hands over something else than before.

import { appendFile, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { isUnproven, verifyEvidence } from '@unbroken/evidence';
import type { EvidenceBundle } from '@unbroken/evidence';
import { UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { bundleFromCopy } from '../../services/agent/src/copy/bundle-from-copy.js';
import { CopiedChains } from '../../services/agent/src/copy/copied-chain.js';
import { EntryFiles } from '../../services/agent/src/copy/entry-files.js';
import { AgentHouse } from '../../services/agent/src/fixture/agent-house.js';
import { PinnedTrust } from '../../services/agent/src/trust/pinned-trust.js';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { post } from '../e2e/cast/door.js';
import { Parcel } from '../e2e/cast/parcel.js';
import type { SignedToken } from '../e2e/cast/parcel.js';
import { runningSystem } from '../running-system.js';
import type { RunningSystem } from '../running-system.js';
import { between } from './between.js';

jest.setTimeout(90_000);

let system: RunningSystem;
let cast: Cast;
let hub: Awaited<ReturnType<typeof between>>;
let agent: AgentHouse;

beforeAll(async () => {
  system = await runningSystem();
  cast = await settleCast(new UnbrokenClient({ url: system.url }));
}, 90_000);

afterAll(() => system.stop(), 60_000);

beforeEach(async () => {
  hub = await between(() => system.url);
  agent = new AgentHouse(hub.url, { UNBROKEN_AGENT_PARTY: cast.sender.id });
  await agent.start();
});

afterEach(async () => {
  await agent.tearDown();
  await hub.close();
});

const copied = (): CopiedChains => new CopiedChains(agent.home.copy);

const untilCopied = (sub: string, tokens: number) =>
  waitFor(async () => ((await copied().of(sub))?.chain.tokens.length === tokens ? true : undefined), {
    what: `${tokens} tokens of ${sub} in the copy`,
    timeoutMs: 60_000,
  });

async function sent(): Promise<Parcel> {
  const parcel = await Parcel.register(cast);
  await parcel.handOver(cast.sender, cast.courier);
  for (const token of parcel.tokens) await posted(token);
  return parcel;
}

const posted = async (token: SignedToken) => expect(await post(system.url, token)).toBe(202);

async function fromCopy(sub: string): Promise<EvidenceBundle> {
  const trust = new PinnedTrust({
    kept: agent.home.trust,
    successions: agent.home.successions,
    client: new UnbrokenClient({ url: 'http://127.0.0.1:9' }),
  });
  await trust.open();
  return bundleFromCopy(sub, { trust, files: new EntryFiles(agent.home.copy), chains: copied() });
}

const evidencePath = (sub: string) => `/ledger/v1/chains/${sub}/evidence`;
const found = () => waitFor(async () => (await agent.findings())[0], { what: 'a finding', timeoutMs: 60_000 });

it('a parcel the party sends → entries and receipts in its copy, and evidence of it without the hub', async () => {
  const { sub, tokens } = await sent();
  await untilCopied(sub, 3);
  const lines = (await readFile(join(agent.home.copy, 'custody-0.ndjson'), 'utf8')).trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { log: string; index: number; entry: string; sub: string });
  const own = entries.filter((entry) => entry.sub === sub);
  // By several doors: the log may have them in another order than they were signed.
  expect(own.map(({ entry }) => entry.split('\n')[1]).sort()).toEqual(tokens.map(({ token }) => token).sort());
  expect(own[0]).toMatchObject({ log: 'unbroken-development/custody/0' });
  expect(await readdir(agent.home.copy)).toContain('registry.ndjson');
  hub.instead.set(evidencePath(sub), { status: 500, body: '' });
  const bundle = await fromCopy(sub);
  const report = await verifyEvidence(bundle, bundle.trust, Math.floor(Date.now() / 1000));
  expect(report.checks.filter(({ result }) => result === 'fails')).toEqual([]);
  expect(report.chain.tokens).toHaveLength(3);
});

it('the party’s own chain → in its copy too', async () => {
  await waitFor(async () => copied().of(cast.sender.id), { what: 'the own chain', timeoutMs: 60_000 });
  const own = await copied().of(cast.sender.id);
  expect(own?.chain.tokens.map(({ index }) => index).length).toBeGreaterThan(1);
  expect(own?.chain.log).toBe('unbroken-development/registry');
});

it('stopped while more is said, and a line cut short as by a crash → catches up, every line whole and once', async () => {
  const parcel = await sent();
  await untilCopied(parcel.sub, 3);
  await agent.stop();
  const file = join(agent.home.copy, 'custody-0.ndjson');
  await appendFile(file, '{"log":"unbroken-development/cust');
  await parcel.says(cast.courier, 'released', { to: cast.consignee.id, mode: 'meet' });
  await posted(parcel.tokens.at(-1) as SignedToken);
  await agent.start();
  await untilCopied(parcel.sub, 4);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const indices = lines.map((line) => (JSON.parse(line) as { index: number }).index);
  expect(new Set(indices).size).toBe(indices.length);
  expect(await agent.findings()).toEqual([]);
});

it('a statement that the hub has changed → a finding, and nothing of it is kept', async () => {
  const { sub } = await sent();
  await untilCopied(sub, 3);
  const before = await fromCopy(sub);
  const bundle = (await (await fetch(system.url + evidencePath(sub))).json()) as EvidenceBundle;
  const [first, ...others] = bundle.tokens;
  const changed = {
    ...bundle,
    tokens: [{ body: others[0]?.body ?? '', receipt: first && !isUnproven(first) ? first.receipt : '' }, ...others],
  };
  hub.instead.set(evidencePath(sub), { status: 200, body: JSON.stringify(changed) });
  hub.instead.set(`/receiver/v1/chains?party=${cast.sender.id}`, {
    status: 200,
    body: JSON.stringify({ chains: [{ sub, version: 9 }], cursor: null }),
  });
  expect(await found()).toMatchObject({ code: 'copy.does-not-hold', about: sub });
  expect((await fromCopy(sub)).tokens).toEqual(before.tokens);
});

it('an older answer, true when it was given, that leaves the newest out → missing is said', async () => {
  const parcel = await sent();
  const { sub } = parcel;
  await untilCopied(sub, 3);
  const older = await (await fetch(system.url + evidencePath(sub))).text();
  await parcel.says(cast.courier, 'released', { to: cast.consignee.id, mode: 'meet' });
  await posted(parcel.tokens.at(-1) as SignedToken);
  await untilCopied(sub, 4);
  hub.instead.set(evidencePath(sub), { status: 200, body: older });
  hub.instead.set(`/receiver/v1/chains?party=${cast.sender.id}`, {
    status: 200,
    body: JSON.stringify({ chains: [{ sub, version: 9 }], cursor: null }),
  });
  expect(await found()).toMatchObject({ code: 'copy.missing', about: sub });
  expect((await copied().of(sub))?.chain.tokens).toHaveLength(4);
});
