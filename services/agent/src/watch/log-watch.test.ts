// The agent reads the logs itself: a log that shows it another history than before, or than it has cosigned, is found out.

import { waitFor } from '@unbroken/testing';
import { compareCheckpoints, parseCheckpoint, parseNote } from '@unbroken/tlog';
import { AgentHouse } from '../fixture/agent-house.js';
import { History, ORIGIN, ServedLog } from '../fixture/served-log.js';
import type { SplitView } from './compare.js';

const honest = new History([['entry', 60]]);
const forked = new History([
  ['entry', 10],
  ['other', 60],
]);

let log: ServedLog;
let agent: AgentHouse;

beforeEach(async () => {
  log = await ServedLog.start(honest);
  log.shown = { history: honest, size: 16 };
  agent = new AgentHouse(log.url);
  await agent.start();
  await waitFor(async () => (await agent.ask(await log.submission(honest, 0, 16)))[0] === 200, { what: 'cosigned' });
});

afterEach(async () => {
  await agent.tearDown();
  await log.stop();
});

const found = () => waitFor(async () => (await agent.findings())[0], { what: 'a finding', timeoutMs: 20_000 });

const at = (note: string) => parseCheckpoint(parseNote(note).text);

it.each([16, 17, 32, 40])(
  'another history at size %i, after 16 were seen → both notes and a proof that shows it',
  async (size) => {
    log.shown = { history: forked, size };
    const finding = await found();
    expect(finding).toMatchObject({ code: 'log.split-view', about: ORIGIN });
    const { first, second, proof } = finding.evidence as unknown as SplitView;
    const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
    expect(compareCheckpoints(at(first), at(second), hashes)).toBe('split-view');
    expect([at(first).size, at(second).size]).toEqual([16, size]);
    const told = await waitFor(() => log.told[0], { what: 'the hub to be told' });
    expect(told).toEqual({ first, second, proof });
    expect((await agent.ask(await log.submission(honest, 16, 33)))[0]).toBe(422);
  },
);

it('a log that grows, meanwhile shown as it was before → no finding', async () => {
  log.shown = { history: honest, size: 40 };
  const cosigned = async () => (await agent.ask(await log.submission(honest, 16, 40)))[0] === 200;
  await waitFor(cosigned, { what: 'cosigned' });
  await agent.stop();
  await agent.start();
  await waitFor(trustedAgain, { what: 'the agent to look again' });
  expect(await agent.findings()).toEqual([]);
});

const trustedAgain = async () => (await agent.ask(await log.submission(honest, 40, 40)))[0] === 200;

it('fewer entries than it has signed, and their tiles gone → said loudly', async () => {
  log.shown = { history: honest, size: 40 };
  await waitFor(async () => (await agent.ask(await log.submission(honest, 16, 40)))[0] === 200, { what: 'cosigned' });
  await agent.stop();
  log.shown = { history: honest, size: 20 };
  await agent.start();
  expect(await found()).toMatchObject({ code: 'log.shrunk', about: ORIGIN });
});
