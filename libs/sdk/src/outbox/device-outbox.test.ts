// What the outbox does with each answer of a hub. The real hub, and phones that die, are in test/offline.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrustAnswer } from '@unbroken/contracts';
import { parseToken } from '@unbroken/tokens';
import { UnbrokenClient } from '../client/unbroken-client.js';
import { AnsweringHub, problem } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { receiptOf, trustWith } from '../fixture/one-entry-log.js';
import { someToken } from '../fixture/some-outbox-token.js';
import { KeptTokens } from '../keys/kept-tokens.js';
import { DeviceOutbox } from './device-outbox.js';
import { DirectoryOutbox } from './directory-outbox.js';
import { DirectoryPlaces } from './directory-places.js';
import { keepCarrying } from './keep-carrying.js';
import { someHead, someShipment } from '@unbroken/words/fixture';

const NOW = Date.parse('2026-03-02T08:00:00Z');

let home: string;
let hub: AnsweringHub | undefined;

beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'unbroken-outbox-'))));
afterEach(async () => {
  await hub?.close();
  hub = undefined;
  await rm(home, { recursive: true });
});

type Answers = Record<string, Answer | ((asked: Asked) => Answer | Promise<Answer>)>;

/** The device's outbox, and the hub that it meets this time. */
async function meets(answers: Answers, trust: TrustAnswer = trustWith(0)): Promise<DeviceOutbox> {
  await hub?.close();
  hub = new AnsweringHub({ 'GET /ledger/v1/trust': { status: 200, body: trust }, ...answers });
  return outboxAt(await hub.listen());
}

const outboxAt = (url: string): DeviceOutbox =>
  new DeviceOutbox({
    store: new DirectoryOutbox(join(home, 'outbox')),
    places: new DirectoryPlaces(join(home, 'places')),
    keeper: new KeptTokens(join(home, 'tokens')),
    client: new UnbrokenClient({ url }),
    now: () => NOW,
  });

const nobody = () => outboxAt('http://127.0.0.1:9');
const tokensIn = ({ body }: Asked): string[] => (JSON.parse(body) as { tokens: string[] }).tokens;
const uploads = () => (hub?.asked ?? []).filter(({ method }) => method === 'POST');
const takes = ({ body }: Asked): Answer => {
  const { tokens } = JSON.parse(body) as { tokens: string[] };
  return { status: 202, body: { tokens: tokens.map((token) => ({ tid: parseToken(token).tid })) } };
};

async function kept(outbox: DeviceOutbox, count: number, door: 'courier' | 'sender' = 'courier'): Promise<string[]> {
  const tokens: string[] = [];
  for (let at = 0; at < count; at += 1) tokens.push(await someToken());
  for (const token of tokens) await outbox.keep(token, door);
  return tokens;
}

describe('carried in', () => {
  it('in the order of keeping, neighbours of one door together, with the device’s clock', async () => {
    const outbox = await meets({ 'POST /courier/v1/tokens': takes, 'POST /sender/v1/tokens': takes });
    const [first, second] = [await kept(outbox, 2), await kept(outbox, 1, 'sender')];
    const third = await kept(outbox, 1);
    await outbox.carryIn();
    expect(uploads().map((asked) => [asked.path, ...tokensIn(asked)])).toEqual([
      ['/courier/v1/tokens', ...first],
      ['/sender/v1/tokens', ...second],
      ['/courier/v1/tokens', ...third],
    ]);
    expect(JSON.parse(uploads()[0]?.body ?? '')).toMatchObject({ clock: NOW / 1000 });
    await outbox.carryIn();
    expect(uploads()).toHaveLength(3);
  });

  it('no hub answers → all kept; the door that may say no is asked no more once it was told as signed', async () => {
    const [token = ''] = await kept(nobody(), 1, 'sender');
    expect((await nobody().carryIn()).stopped?.code).toBe('hub.unreachable');
    expect(await nobody().list()).toMatchObject([{ token, door: 'sender' }]);
    await nobody().stands([token]);
    expect(await nobody().list()).toMatchObject([{ token, door: 'courier' }]);
  });

  it('a hub whose database is away → kept, and the next are not sent before it', async () => {
    const away = problem(503, 'postgres.away', 'Away.');
    const outbox = await meets({ 'POST /courier/v1/tokens': away, 'POST /sender/v1/tokens': takes });
    await kept(outbox, 1);
    await kept(outbox, 1, 'sender');
    expect((await outbox.carryIn()).stopped?.code).toBe('postgres.away');
    expect(uploads()).toHaveLength(1);
    expect((await outbox.list()).map(({ taken, refused }) => taken ?? refused)).toEqual([undefined, undefined]);
  });

  it('the hub took it and does not know it → carried in again', async () => {
    const outbox = await meets({ 'POST /courier/v1/tokens': takes });
    const [token = ''] = await kept(outbox, 1);
    await outbox.carryIn();
    const unknown = problem(404, 'token.unknown', 'No such token.');
    const again = await meets({
      [`GET /ledger/v1/tokens/${parseToken(token).tid}`]: unknown,
      'POST /courier/v1/tokens': takes,
    });
    await again.sync();
    await again.sync();
    expect(uploads().map(tokensIn)).toEqual([[token]]);
  });
});

describe('refused', () => {
  const own = (code: string) => problem(422, code, 'No.', 'Sign another.').body as object;

  it('one of two → it stays with the reason and is not tried again; the other goes on', async () => {
    const outbox = await meets({
      'POST /courier/v1/tokens': (asked) => {
        const [, second = ''] = tokensIn(asked);
        return {
          status: 202,
          body: { tokens: [{ refused: own('dispatch.unapproved') }, { tid: parseToken(second).tid }] },
        };
      },
    });
    const [token = ''] = await kept(outbox, 2);
    const { tokens } = await outbox.carryIn();
    expect([...tokens.values()].map(({ state }) => state)).toEqual(['refused', 'taken']);
    expect(await outbox.list()).toMatchObject([
      { token, refused: { code: 'dispatch.unapproved', what: 'No.', cure: 'Sign another.' } },
      { taken: new Date(NOW).toISOString() },
    ]);
    await outbox.carryIn();
    expect(uploads()).toHaveLength(1);
  });

  it('all of a batch → each with its own reason', async () => {
    const errors = [own('token.claim'), own('token.typ')];
    const none = problem(422, 'tokens.refused', 'None.').body as object;
    const outbox = await meets({ 'POST /courier/v1/tokens': { status: 422, body: { ...none, errors } } });
    await kept(outbox, 2);
    await outbox.carryIn();
    expect((await outbox.list()).map(({ refused }) => refused?.code)).toEqual(['token.claim', 'token.typ']);
  });

  it('by the ledger, days after it was taken → kept, and said', async () => {
    const outbox = await meets({ 'POST /courier/v1/tokens': takes });
    const [token = ''] = await kept(outbox, 1);
    await outbox.carryIn();
    const { tid } = parseToken(token);
    const refused = { status: 200, body: { status: 'refused', code: 'token.unknown-key' } };
    const { tokens } = await (await meets({ [`GET /ledger/v1/tokens/${tid}`]: refused })).sync();
    expect(tokens.get(tid)).toMatchObject({ state: 'refused', problem: { code: 'token.unknown-key' } });
    expect(await outbox.list()).toMatchObject([{ token, refused: { code: 'token.unknown-key' } }]);
  });

  it('set aside by a person → kept with the moment, and no token that is not refused', async () => {
    const outbox = await meets({
      'POST /courier/v1/tokens': { status: 202, body: { tokens: [{ refused: own('token.claim') }] } },
    });
    const [token = ''] = await kept(outbox, 1);
    const { tid } = parseToken(token);
    expect(await outbox.setAside(tid)).toBe(false);
    await outbox.carryIn();
    expect(await outbox.setAside(tid)).toBe(true);
    expect(await outbox.list()).toMatchObject([{ token, refused: {}, aside: new Date(NOW).toISOString() }]);
  });

  it('a refused line token → the next one does not stand on it', async () => {
    const outbox = await meets({
      'POST /courier/v1/tokens': { status: 202, body: { tokens: [{ refused: own('dispatch.unapproved') }] } },
    });
    await outbox.learn(someShipment, { prev: someHead as never, seq: 3 });
    const token = await someToken({ evt: 'released', to: 'statistics', mode: 'meet', seq: 3 });
    await outbox.keep(token, 'courier');
    expect(await outbox.place(someShipment)).toEqual({ prev: parseToken(token).tid, seq: 4 });
    await outbox.carryIn();
    expect(await outbox.place(someShipment)).toEqual({ prev: someHead, seq: 3 });
  });
});

describe('the place of a chain', () => {
  const offer = (seq: number, claims: object = {}) =>
    someToken({ evt: 'released', to: 'statistics', mode: 'meet', seq, ...claims });

  it('an offer of any number was scanned, then the true one → the next one stands on the true one', async () => {
    const outbox = nobody();
    await outbox.keep(await offer(1_000_000), 'courier');
    const truly = await offer(3);
    await outbox.keep(truly, 'courier');
    expect(await outbox.place(someShipment)).toEqual({ prev: parseToken(truly).tid, seq: 4 });
  });

  it('an offer of any number was settled → what the hub then says of the chain takes its place', async () => {
    const outbox = nobody();
    await outbox.learn(someShipment, { prev: someHead as never, seq: 1_000_001 });
    await outbox.learn(someShipment, { prev: someHead as never, seq: 4 });
    expect(await outbox.place(someShipment)).toEqual({ prev: someHead, seq: 4 });
    expect(await outbox.unsettledPlaces([someShipment])).toEqual(new Map());
  });
});

describe('settled', () => {
  const recorded = {
    status: 200,
    body: { status: 'recorded', log: 'x', index: 0, recordedAt: '2026-03-02T08:01:40.000Z' },
  };
  const shows = (token: string, receipt: string): Answers => ({
    'POST /courier/v1/tokens': takes,
    [`GET /ledger/v1/tokens/${parseToken(token).tid}`]: recorded,
    [`GET /ledger/v1/tokens/${parseToken(token).tid}/receipt`]: { status: 200, body: receipt },
  });

  it('a deployment without outside witness → the log’s own receipt is the final one', async () => {
    const [token = ''] = await kept(nobody(), 1);
    const outbox = await meets(shows(token, await receiptOf(token)));
    expect([...(await outbox.sync()).tokens.values()]).toEqual([{ state: 'settled' }]);
    expect(await outbox.list()).toEqual([]);
  });

  it('a deployment with one → kept until a witness has cosigned', async () => {
    const [token = ''] = await kept(nobody(), 1);
    const signed = await meets(shows(token, await receiptOf(token)), trustWith(1));
    expect([...(await signed.sync()).tokens.values()]).toEqual([{ state: 'recorded' }]);
    expect(await signed.list()).toHaveLength(1);
    const witnessed = await meets(shows(token, await receiptOf(token, true)), trustWith(1));
    expect([...(await witnessed.sync()).tokens.values()]).toEqual([{ state: 'settled' }]);
    expect(await witnessed.list()).toEqual([]);
  });

  it('a receipt of another token → kept, and doubted; the ones behind it are settled', async () => {
    const [doubted = '', other = ''] = await kept(nobody(), 2);
    const answers = { ...shows(other, await receiptOf(other)), ...shows(doubted, await receiptOf(other)) };
    const { tokens } = await (await meets(answers)).sync();
    expect([...tokens.values()].map(({ state }) => state)).toEqual(['doubted', 'settled']);
    expect((await nobody().list()).map(({ token }) => token)).toEqual([doubted]);
  });

  it('its place is known after it has left', async () => {
    const token = await someToken({ evt: 'released', to: 'statistics', mode: 'meet', seq: 3 });
    await nobody().keep(token, 'courier');
    await (await meets(shows(token, await receiptOf(token)))).sync();
    expect(await nobody().list()).toEqual([]);
    expect(await nobody().place(someShipment)).toEqual({ prev: parseToken(token).tid, seq: 4 });
  });

  it('until nothing is left → pauses of a second that double up to five minutes, and an end', async () => {
    const [token = ''] = await kept(nobody(), 1);
    const pauses: number[] = [];
    let outbox = nobody();
    const carrying = { sync: (wait: number) => outbox.sync(wait), list: () => outbox.list() };
    const receipt = await receiptOf(token);
    const pause = async (ms: number) => {
      pauses.push(ms);
      if (pauses.length === 11) outbox = await meets(shows(token, receipt));
    };
    await keepCarrying(carrying, { wait: 0, pause, chance: () => 1 });
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1000));
    expect(await nobody().list()).toEqual([]);
  });

  it('until nothing is left but what is doubted → it ends, and says so', async () => {
    const [doubted = '', other = ''] = await kept(nobody(), 2);
    const answers = { ...shows(other, await receiptOf(other)), ...shows(doubted, await receiptOf(other)) };
    const pause = () => Promise.reject(new Error('nothing is left to wait for'));
    const { tokens } = await keepCarrying(await meets(answers), { wait: 0, pause });
    expect(tokens.get(parseToken(doubted).tid)).toMatchObject({ state: 'doubted' });
  });
});
