// The witness over HTTP, as https://c2sp.org/tlog-witness has it, byte by byte; and what it keeps through restarts.

import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@unbroken/testing';
import { openNote, parseNote, parseSignatureLines, parseVkey, withSignatures } from '@unbroken/tlog';
import { AgentHouse } from '../fixture/agent-house.js';
import { History, ORIGIN, ServedLog, logSigner } from '../fixture/served-log.js';

const honest = new History([['entry', 60]]);
/** The same up to 10, then others. */
const forked = new History([
  ['entry', 10],
  ['other', 60],
]);

let log: ServedLog;
let agent: AgentHouse;

beforeEach(async () => {
  log = await ServedLog.start(honest);
  agent = new AgentHouse(log.url);
  await agent.start();
  await waitFor(async () => (await agent.ask('old 0\n\n'))[0] !== 404 && (await trusted()), {
    what: 'the log to be trusted',
  });
});

afterEach(async () => {
  await agent.tearDown();
  await log.stop();
});

const trusted = async () => (await agent.ask(await log.submission(honest, 0, 0)))[0] === 200;

const cosignature = async (size: number, lines: string) =>
  openNote(withSignatures(parseNote(await log.note(honest, size)), parseSignatureLines(lines)), [
    log.signer.key,
    parseVkey(await agent.vkey()),
  ]);

it('a log that grows → each checkpoint cosigned, with the time', async () => {
  for (const [from, to] of [
    [0, 3],
    [3, 3],
    [3, 16],
    [16, 21],
  ] as const) {
    const [status, type, lines] = await agent.ask(await log.submission(honest, from, to));
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    const signed = await cosignature(to, lines);
    expect(signed.map(({ key }) => key.name)).toEqual([ORIGIN, 'danish-post/witness']);
    expect(Math.abs((signed[1]?.time ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  }
});

it('whatever type the body is said to have → read all the same', async () => {
  expect((await agent.ask(await log.submission(honest, 0, 3), 'application/octet-stream'))[0]).toBe(200);
  expect((await agent.ask(await log.submission(honest, 3, 4), 'application/json'))[0]).toBe(200);
});

it.each<[string, number, () => Promise<string>]>([
  ['no request', 400, () => Promise.resolve('good morning\n')],
  ['an old size above the new one', 400, () => log.submission(honest, 12, 4)],
  [
    'signed by another key',
    403,
    async () => (await log.submission(honest, 8, 12)).replace(/— \S+ .*\n$/, await strangers()),
  ],
  ['a log that is not trusted', 404, async () => (await log.submission(honest, 8, 12)).replace(ORIGIN, 'elsewhere')],
  [
    'a proof that does not lead there',
    422,
    async () => (await log.submission(honest, 8, 12)).replace(/\n[^\n]{44}\n/, '\n'),
  ],
])('%s → %i, and the record stays', async (_, status, body) => {
  expect((await agent.ask(await log.submission(honest, 0, 8)))[0]).toBe(200);
  expect((await agent.ask(await body()))[0]).toBe(status);
  expect(await agent.ask(await log.submission(honest, 0, 12))).toEqual([409, 'text/x.tlog.size', '8\n']);
});

const strangers = async () => {
  const stranger = await logSigner(ORIGIN);
  const text = parseNote(await log.note(honest, 12)).text;
  const bytes = Buffer.concat([Buffer.alloc(4), await stranger.sign(Buffer.from(text))]);
  bytes.writeUInt32BE(stranger.key.keyId);
  return `— ${ORIGIN} ${bytes.toString('base64')}\n`;
};

it('an old size that is not the last → 409 with the size, as text/x.tlog.size', async () => {
  await agent.ask(await log.submission(honest, 0, 8));
  for (const from of [0, 4, 9]) {
    expect(await agent.ask(await log.submission(honest, from, 12))).toEqual([409, 'text/x.tlog.size', '8\n']);
  }
});

it('many at once from the same size → one history, whichever came first', async () => {
  await agent.ask(await log.submission(honest, 0, 8));
  const sizes = [9, 12, 20, 33];
  const asked = await Promise.all(sizes.map(async (to) => agent.ask(await log.submission(honest, 8, to))));
  const won = sizes[asked.findIndex(([status]) => status === 200)];
  expect(asked.map(([status]) => status).sort()).toEqual([200, 409, 409, 409]);
  expect((await agent.ask(await log.submission(honest, 0, 40)))[2]).toBe(`${won}\n`);
});

it('stopped and started → what it has cosigned is known', async () => {
  await agent.ask(await log.submission(honest, 0, 8));
  await agent.stop();
  await agent.start();
  expect(await agent.ask(await log.submission(honest, 0, 12))).toEqual([409, 'text/x.tlog.size', '8\n']);
  expect((await agent.ask(await log.submission(honest, 8, 12)))[0]).toBe(200);
});

it('another tree at the last size → 409, both notes kept, and nothing of this log is cosigned any more', async () => {
  await agent.ask(await log.submission(honest, 0, 21));
  expect(await agent.ask(await log.submission(forked, 21, 21))).toEqual([409, 'text/x.tlog.size', '21\n']);
  const [finding] = await agent.findings();
  expect(finding).toMatchObject({
    code: 'log.split-view',
    about: ORIGIN,
    evidence: { first: await log.note(honest, 21), second: await log.note(forked, 21), proof: [] },
  });
  expect((await agent.ask(await log.submission(honest, 21, 33)))[0]).toBe(422);
  expect((await fetch(`${agent.url}/readyz`)).status).toBe(503);
});

it('a tree that does not extend the last → 422, and the proof in the request is kept as evidence', async () => {
  await agent.ask(await log.submission(honest, 0, 21));
  expect((await agent.ask(await log.submission(forked, 21, 33)))[0]).toBe(422);
  expect(await agent.findings()).toMatchObject([{ code: 'log.split-view', about: ORIGIN }]);
});

it('what was cosigned cannot be read → no answer but a fault, never a cosignature', async () => {
  await agent.ask(await log.submission(honest, 0, 8));
  const [folder = ''] = await readdir(agent.home.cosigned);
  const [name = ''] = await readdir(join(agent.home.cosigned, folder));
  await writeFile(join(agent.home.cosigned, folder, name), 'nothing');
  expect((await agent.ask(await log.submission(honest, 8, 12)))[0]).toBe(500);
});

describe('keys', () => {
  it('a key file that others can read → refused, with the cure', async () => {
    await agent.stop();
    const [name = ''] = await readdir(agent.home.keys);
    await chmod(join(agent.home.keys, name), 0o640);
    await expect(agent.start()).rejects.toMatchObject({
      code: 'key.readable-by-others',
      cure: expect.stringContaining('chmod 600') as string,
    });
  });

  it('a witness key that has cosigned and is gone → never made anew', async () => {
    await agent.ask(await log.submission(honest, 0, 8));
    await agent.stop();
    await rm(agent.home.keys, { recursive: true });
    await expect(agent.start()).rejects.toMatchObject({ code: 'key.missing' });
  });
});
