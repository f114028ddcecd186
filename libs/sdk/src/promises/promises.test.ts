// A party that keeps what the hub promised, and what it can show when the hub says otherwise.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrustAnswer } from '@unbroken/contracts';
import { exportPrivateJwk, generateSigner, parseToken, sha256Hash } from '@unbroken/tokens';
import { importPromiseKey, mintPromise } from '@unbroken/tokens/node';
import type { PromiseKey } from '@unbroken/tokens/node';
import { AnsweringHub, problem } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { AtTerminal, NOW } from '../fixture/at-terminal.js';
import { DEPLOYMENT, ORIGIN, receiptOfEntry, trustWith } from '../fixture/one-entry-log.js';
import { chainAnswer, someShipment } from '@unbroken/words/fixture';

const now = NOW / 1000;

let key: PromiseKey;
let trust: TrustAnswer;
let terminal: AtTerminal;
let hub: AnsweringHub;
let hubUrl: string;
let policy: string;

beforeAll(async () => {
  key = importPromiseKey(await exportPrivateJwk((await generateSigner('Ed25519', { extractable: true })).privateKey));
  trust = { ...trustWith(0), promises: [key.jwk] };
});

beforeEach(async () => {
  terminal = await AtTerminal.sitDown();
  policy = join(terminal.home, 'trust.json');
  await writeFile(policy, JSON.stringify(trust));
  await terminal.key('danish-post');
});

afterEach(async () => {
  await hub.close();
  await terminal.leave();
});

const sum = (token: string) => sha256Hash(new TextEncoder().encode(token));
const lineOf = (token: string, due: number) => ({ tid: parseToken(token).tid, sum: sum(token), received: now, due });
const promiseOf = (token: string, due = now + 3600, by = key) =>
  mintPromise({ iss: DEPLOYMENT, service: 'courier', tokens: [lineOf(token, due)] }, by);

/** The receipt of an entry behind two others. */
const receiptOf = (body: string, recordedAt: number): Promise<string> =>
  receiptOfEntry(`${new Date(recordedAt * 1000).toISOString()} 4\n${body}`, { behind: ['a', 'b'] });

async function hubAnswers(
  answers: Record<string, Answer | ((asked: Asked) => Answer | Promise<Answer>)>,
): Promise<void> {
  hub = new AnsweringHub({
    'GET /ledger/v1/trust': { status: 200, body: trust },
    [`GET /ledger/v1/chains/${someShipment}`]: { status: 200, body: chainAnswer() },
    ...answers,
  });
  hubUrl = await hub.listen();
}

const nothingKept = { path: '', kept: {} };

const tokenIn = ({ body }: Asked): string => (JSON.parse(body) as { tokens: [string] }).tokens[0];
const said = (...more: string[]) => terminal.types([...more], hubUrl);
const report = () => said('report', someShipment, '--what', 'lost', '--wait', '1');

async function keptFiles(): Promise<{ path: string; kept: Record<string, string> }[]> {
  const directory = join(terminal.home, 'tokens');
  const names = await readdir(directory).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      return { path, kept: JSON.parse(await readFile(path, 'utf8')) as Record<string, string> };
    }),
  );
}

/** A hub that takes what is posted with a promise, and what it says of it then. */
async function takenBy({ due, by, says }: { due?: number; by?: PromiseKey; says?: object }): Promise<string> {
  const posted: string[] = [];
  await hubAnswers({
    'POST /courier/v1/tokens': (asked) => {
      const token = tokenIn(asked);
      posted.push(token);
      return { status: 202, body: { tokens: [{ tid: parseToken(token).tid }], promise: promiseOf(token, due, by) } };
    },
    'POST /sender/v1/tokens': problem(404, 'none', 'None.'),
    'GET /registry/v1/parties/danish-post': problem(404, 'party.unknown', 'None.'),
    ...says,
  });
  await report();
  return posted[0] ?? '';
}

describe('what is kept of a token that was posted', () => {
  it('promised and not recorded yet → token and promise; verify-promise: open until it is due', async () => {
    const token = await takenBy({});
    const [{ path, kept } = nothingKept] = await keptFiles();
    expect(kept).toEqual({ format: 'unbroken-kept/1', token, promise: promiseOf(token) });
    await hub.close();
    const tid = parseToken(token).tid;
    await hubAnswers({ [`GET /ledger/v1/tokens/${tid}`]: problem(404, 'token.unknown', 'No such token.') });
    expect(await said('verify-promise', path, '--policy', policy)).toBe(0);
    expect(terminal.out).toContain('· Open until 2026-03-02 09:00:00 UTC.');
  });

  it('recorded with a receipt that holds → the receipt takes the place of the promise', async () => {
    let posted = '';
    const answer = async (asked: Asked, at: number): Promise<Answer> => {
      posted = tokenIn(asked);
      const receipt = await receiptOf(at === 0 ? posted : 'x.y.z', now);
      const line = { tid: parseToken(posted).tid, status: 'recorded', log: ORIGIN, index: 2, receipt };
      return { status: 200, body: { tokens: [line], promise: promiseOf(posted) } };
    };
    let at = 0;
    await hubAnswers({ 'POST /courier/v1/tokens': (asked) => answer(asked, at++) });
    expect(await report()).toBe(0);
    expect(hub.asked.find(({ method }) => method === 'POST')?.prefer).toBe('wait=1');
    const [{ path, kept } = nothingKept] = await keptFiles();
    expect(kept).toEqual({ format: 'unbroken-kept/1', token: posted, receipt: await receiptOf(posted, now) });
    expect(await said('verify-promise', path, '--policy', policy)).toBe(1);
    expect(terminal.err).toContain('promise.none');
    // A receipt of something else is said, and both are kept.
    expect(await report()).toBe(1);
    expect(terminal.err).toContain('proof.root');
    const others = (await keptFiles()).filter((one) => one.path !== path);
    expect(others.map((one) => Object.keys(one.kept))).toEqual([['format', 'token', 'promise', 'receipt']]);
  });

  it('a promise by another key than the trust policy names → said, and kept as what it is', async () => {
    const { privateKey } = await generateSigner('Ed25519', { extractable: true });
    const token = await takenBy({ by: importPromiseKey(await exportPrivateJwk(privateKey)) });
    expect(terminal.err).toContain('promise.key');
    expect((await keptFiles()).map(({ kept }) => kept['token'])).toEqual([token]);
  });
});

describe('verify-promise', () => {
  const late = now - 1;

  const verified = async (token: string, { due = late, says = {} }: { due?: number; says?: object } = {}) => {
    const tid = parseToken(token).tid;
    await hub.close();
    await hubAnswers(
      Object.fromEntries(Object.entries(says).map(([path, answer]) => [`GET /ledger/v1/tokens/${tid}${path}`, answer])),
    );
    const file = join(terminal.home, 'kept.json');
    const line = { ...lineOf(token, due), received: due - 3600 };
    const promise = mintPromise({ iss: DEPLOYMENT, service: 'courier', tokens: [line] }, key);
    await writeFile(file, JSON.stringify({ format: 'unbroken-kept/1', token, promise }));
    terminal.out = '';
    terminal.err = '';
    return said('verify-promise', file, '--policy', policy, '--json');
  };
  const unknown = { '': problem(404, 'token.unknown', 'No such token.') };
  const recorded = { status: 'recorded', log: ORIGIN, index: 2, recordedAt: '2026-03-02T08:00:00.000Z' };
  const told = () => JSON.parse(terminal.out) as { verdict: string; index?: number };

  it('the time is over and the hub knows no such token → broken, 1', async () => {
    const token = await takenBy({});
    expect(await verified(token, { says: unknown })).toBe(1);
    expect(told()).toMatchObject({ verdict: 'broken', tid: parseToken(token).tid });
    expect(JSON.parse(terminal.err)).toMatchObject({ code: 'promise.broken' });
  });

  it.each([
    ['before its time', late, 'kept', 0],
    ['after its time', late + 1, 'broken', 1],
  ])('recorded %s → by the receipt', async (_, at, verdict, exitCode) => {
    const token = await takenBy({});
    const receipt = { status: 200, body: await receiptOf(token, at) };
    expect(await verified(token, { says: { '': { status: 200, body: recorded }, '/receipt': receipt } })).toBe(
      exitCode,
    );
    expect(told()).toMatchObject({ verdict, index: 2 });
  });

  it('recorded as malformed → the promise is kept', async () => {
    const token = await takenBy({});
    const { tid, header } = parseToken(token);
    const receipt = { status: 200, body: await receiptOf(`malformed ${tid} ${header.kid} evt:unknown`, late) };
    const status = { ...recorded, status: 'malformed', code: 'token.malformed', malformed: 'evt:unknown' };
    expect(await verified(token, { says: { '': { status: 200, body: status }, '/receipt': receipt } })).toBe(0);
    expect(told()).toMatchObject({ verdict: 'kept' });
  });

  it('the receipt of another token → does not hold, 1', async () => {
    const token = await takenBy({});
    const receipt = { status: 200, body: await receiptOf('x.y.z', late) };
    expect(await verified(token, { says: { '': { status: 200, body: recorded }, '/receipt': receipt } })).toBe(1);
    expect(JSON.parse(terminal.err)).toMatchObject({ code: 'proof.root' });
  });

  it('refused → said as the word of the hub', async () => {
    const token = await takenBy({});
    const refused = { '': { status: 200, body: { status: 'refused', code: 'token.signature' } } };
    expect(await verified(token, { says: refused })).toBe(0);
    expect(told()).toMatchObject({ verdict: 'answered', code: 'token.signature' });
  });

  it('a promise of other bytes, or of another deployment → refused, 1', async () => {
    const token = await takenBy({});
    const file = join(terminal.home, 'kept.json');
    for (const [iss, promised] of [
      [DEPLOYMENT, `${token.slice(0, -4)}AAAA`],
      ['another', token],
    ] as const) {
      const line = { ...lineOf(token, now), sum: sum(promised) };
      const promise = mintPromise({ iss, service: 'courier', tokens: [line] }, key);
      await writeFile(file, JSON.stringify({ format: 'unbroken-kept/1', token, promise }));
      expect(await said('verify-promise', file, '--policy', policy)).toBe(1);
      expect(terminal.err).toContain('promise.form');
    }
  });
});
