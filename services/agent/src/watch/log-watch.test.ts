// The agent reads the logs itself: a log that shows it another history than before, or than it has cosigned, is found out,
// and so is one that is said to have ended before that.

import { waitFor } from '@unbroken/testing';
import { successionText } from '@unbroken/evidence';
import { compareCheckpoints, formatNote, formatVkey, parseCheckpoint, parseNote, signNote } from '@unbroken/tlog';
import { AgentHouse } from '../fixture/agent-house.js';
import { DEPLOYMENT, History, ORIGIN, ServedLog, logSigner } from '../fixture/served-log.js';
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

/** Says that the log ended with so many entries of a history, and which one goes on. */
async function ends(history: History, size: number): Promise<string> {
  const next = await logSigner(`${DEPLOYMENT}/custody/1`);
  const words = { origin: next.key.name, vkey: formatVkey(next.key), at: '2026-03-02T09:00:00.000Z', reason: 'a fire' };
  const kept = { count: 0, root: Buffer.alloc(32).toString('base64') };
  const text = successionText({ ...words, kept, predecessor: await log.note(history, size) });
  return formatNote({ text, signatures: [await signNote(text, log.signer), await signNote(text, next)] });
}

/** Whether it takes a checkpoint of the next log for one it knows, and that of the ended one no more. */
const knowsNext = async (): Promise<boolean> => {
  const [, , answer] = await agent.ask(
    `old 0\n\n${DEPLOYMENT}/custody/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— x AAAAAAAA\n`,
  );
  return !answer.includes('does not know');
};

async function offered(statement: string): Promise<void> {
  await agent.stop();
  log.successions = [statement];
  await agent.start();
}

it('a log that lost entries and has ended with what was seen → the next is followed, and told; the ended one never again', async () => {
  await offered(await ends(honest, 16));
  expect(await found()).toMatchObject({
    code: 'log.ended',
    about: ORIGIN,
    said: expect.stringContaining('lost 16') as string,
  });
  expect(await knowsNext()).toBe(true);
  const [status, , answer] = await agent.ask(await log.submission(honest, 16, 40));
  expect([status, answer]).toEqual([422, expect.stringContaining('has ended')]);
  // Kept, whatever the hub says later.
  await offered(await ends(honest, 15));
  expect(await knowsNext()).toBe(true);
  log.successions = [];
  await agent.stop();
  await agent.start();
  expect(await knowsNext()).toBe(true);
});

it.each([
  ['before what was seen', honest, 15],
  ['with another tree than was seen', forked, 16],
])('a log that is said to have ended %s → both notes, and the next is not followed', async (_what, history, size) => {
  await offered(await ends(history, size));
  expect(await found()).toMatchObject({ code: 'log.shrunk', about: ORIGIN });
  expect(await knowsNext()).toBe(false);
});

it('an end that the log has not signed → not followed', async () => {
  const others = await ServedLog.start(honest);
  const mine = log;
  log = others;
  const statement = await ends(honest, 16);
  log = mine;
  await offered(statement);
  await waitFor(async () => (await agent.ask(await log.submission(honest, 16, 20)))[0] === 200, { what: 'cosigned' });
  expect(await knowsNext()).toBe(false);
  await others.stop();
});
