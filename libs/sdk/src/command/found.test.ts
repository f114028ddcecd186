// The commands of a person at the finder desk, and the sender's word on the key to a medium.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundReport } from '@unbroken/contracts';
import { generateSigner, mintToken, newJti, parseToken, sha256Hash } from '@unbroken/tokens';
import { chainAnswer, shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { AnsweringHub, recording } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';

const operator = { party: 'unbroken-operator', kid: null };
const trust = { deployment: 'unbroken-test', operator, logs: [], witnesses: [], quorum: 0, promises: [] };
const found = '/receiver/v1/found';
const callback = '7K2M-9QX4';

const report: FoundReport = {
  callback,
  sub: someShipment,
  mine: false,
  opened: 'yes',
  left: 'kept',
  contact: '+45 12 34 56 78',
  toldAt: '2026-03-02T07:00:00.000Z',
  tid: someHead,
  calledBack: null,
};

let terminal: AtTerminal;
let hub: AnsweringHub;

beforeEach(async () => (terminal = await AtTerminal.sitDown()));
afterEach(async () => {
  await hub.close();
  await terminal.leave();
});

async function types(answers: Record<string, Answer | ((asked: Asked) => Answer)>, ...args: string[]): Promise<number> {
  hub = new AnsweringHub({
    'GET /ledger/v1/trust': { status: 200, body: trust },
    [`GET /ledger/v1/chains/${someShipment}`]: { status: 200, body: chainAnswer() },
    'POST /receiver/v1/tokens': recording(),
    'POST /sender/v1/tokens': recording(),
    ...answers,
  });
  return terminal.types(args, await hub.listen());
}

const posted = (path: string) =>
  hub.asked.filter((asked) => asked.method === 'POST' && asked.path === path).map(({ body }) => body);

const statement = (path: string) => {
  const [body = '{}'] = posted(path);
  const [token = ''] = (JSON.parse(body) as { tokens?: string[] }).tokens ?? [];
  return parseToken(token).claims;
};

describe('unbroken found', () => {
  it('tell → as the form of the page, without any key', async () => {
    const path = `/found/${someShipment}`;
    const args = ['found', 'tell', someShipment, '--left', 'kept', '--contact', 'a+b@example.org'];
    expect(await types({ [`POST ${path}`]: { status: 200, body: { callback } } }, ...args)).toBe(0);
    expect(posted(path)).toEqual(['mine=no&opened=unknown&left=kept&contact=a%2Bb%40example.org']);
    expect(terminal.out).toContain(callback);
  });

  it('list → every page, with who can be called back how', async () => {
    await terminal.key('post-desk');
    const first = { status: 200, body: { reports: [report], cursor: '7' } };
    const anonymous = { ...report, callback: 'AAAA-BBBB', contact: null, tid: null };
    const second = { status: 200, body: { reports: [anonymous], cursor: null } };
    const answers = { [`GET ${found}?state=waiting`]: first, [`GET ${found}?state=waiting&cursor=7`]: second };
    expect(await types(answers, 'found', 'list')).toBe(0);
    expect(terminal.out).toContain('+45 12 34 56 78');
    expect(terminal.out).toMatch(/AAAA-BBBB[^]*anonymous[^]*no such shipment/);
  });

  it('confirm → bears witness to what was told, and the desk knows by which token', async () => {
    await terminal.key('post-desk');
    const path = `${found}/${callback}/called-back`;
    const answers = {
      [`GET ${found}/${callback}`]: { status: 200, body: report },
      [`POST ${path}`]: { status: 200, body: report },
    };
    expect(await types(answers, 'found', 'confirm', '7k2m9qx4')).toBe(0);
    expect(statement('/receiver/v1/tokens')).toMatchObject({ evt: 'witnessed', of: someHead, iss: 'post-desk' });
    expect(posted(path)).toHaveLength(1);
  });

  it.each([
    ['of a shipment nobody knows', { ...report, tid: null }, 'found.no-shipment'],
    [
      'a second time',
      { ...report, calledBack: { by: 'post-desk', at: report.toldAt, witnessed: someHead } },
      'found.called-back',
    ],
  ])('confirm %s → nothing is signed', async (_when, body, code) => {
    await terminal.key('post-desk');
    expect(await types({ [`GET ${found}/${callback}`]: { status: 200, body } }, 'found', 'confirm', callback)).toBe(1);
    expect(terminal.err).toContain(code);
    expect(posted('/receiver/v1/tokens')).toEqual([]);
  });

  it('a mistyped code → not understood, and nobody is asked', async () => {
    expect(await types({}, 'found', 'confirm', '7K2M-9QXU')).toBe(2);
    expect(hub.asked).toEqual([]);
  });
});

describe('unbroken key-released', () => {
  const confirmed = async (unopened: boolean) => {
    const { signer } = await generateSigner('ES256');
    const place = { sub: someShipment, jti: newJti(), iat: 0, prev: someHead, seq: 4 };
    const claims = { iss: 'statistics-denmark', ...place, evt: 'confirmed', pieces: 1, unopened };
    return shownToken(await mintToken(claims, signer));
  };

  const lets = async (seals: Record<string, 'intact' | 'broken'>, unopened: boolean) => {
    await terminal.key('health-data');
    const file = join(terminal.home, 'wrapped.age');
    await writeFile(file, 'the wrapped key');
    const chain = chainAnswer({ status: 'confirmed', seals }, [await confirmed(unopened)]);
    const answers = { [`GET /ledger/v1/chains/${someShipment}`]: { status: 200, body: chain } };
    return types(answers, 'key-released', someShipment, file);
  };

  it('after an unopened arrival with intact seals → the hash of what is sent is signed', async () => {
    expect(await lets({ 'DK-0417': 'intact' }, true)).toBe(0);
    const wraps = sha256Hash(new TextEncoder().encode('the wrapped key'));
    expect(statement('/sender/v1/tokens')).toMatchObject({ evt: 'key-released', wraps });
  });

  it.each([
    ['opened', { 'DK-0417': 'intact' }, false],
    ['with a broken seal', { 'DK-0417': 'broken' }, true],
  ] as const)('after it arrived %s → nothing is signed, and it says why', async (_how, seals, unopened) => {
    expect(await lets(seals, unopened)).toBe(1);
    expect(terminal.err).toContain('key.too-early');
    expect(posted('/sender/v1/tokens')).toEqual([]);
  });
});
