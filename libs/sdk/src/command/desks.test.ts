// Commands of the desks for people without keys, finders and guests, and the sender's word on the key to a medium.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guestText } from '@unbroken/contracts';
import type { FoundReport, GuestDetails } from '@unbroken/contracts';
import { base64url, commitment, generateSigner, mintToken, newJti, parseToken, sha256Hash } from '@unbroken/tokens';
import { chainAnswer, shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { recording } from '../fixture/answering-hub.js';
import type { Answer, Answers, Asked } from '../fixture/answering-hub.js';
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

beforeEach(async () => (terminal = await AtTerminal.sitDown()));
afterEach(() => terminal.leave());

const always: Answers = {
  'GET /ledger/v1/trust': { status: 200, body: trust },
  [`GET /ledger/v1/chains/${someShipment}`]: { status: 200, body: chainAnswer() },
  'POST /receiver/v1/tokens': recording(),
  'POST /sender/v1/tokens': recording(),
};
const types = (answers: Answers, ...args: string[]) => terminal.typesTo({ ...always, ...answers }, ...args);

const posted = (path: string) =>
  terminal.asked.filter((asked) => asked.method === 'POST' && asked.path === path).map(({ body }) => body);

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
    expect(terminal.out).toMatch(/AAAA-BBBB[^]*anonymous[^]*no such parcel/);
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
    expect(terminal.asked).toEqual([]);
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

describe('a guest', () => {
  const register = (...more: string[]) => [
    ...['register', '--to', 'guest', '--contents', 'a letter', '--class', 'internal', '--enc', 'none'],
    ...['--due', '2026-12-01', ...more],
  ];
  const anna = ['--guest-name', 'Anna Jensen', '--guest-email', 'anna@example.org'];

  const registers = async (keeps: (asked: Asked) => Answer, ...more: string[]) => {
    await terminal.key('skat');
    const draft = { sub: someShipment, label: someShipment, claims: {}, warnings: [], next: [] };
    const skat = { party: 'skat', name: 'Skat', roles: [], asked: [], admitted: true, rootKid: someHead, sites: [] };
    const answers = {
      'POST /sender/v1/shipments': { status: 201, body: draft },
      'GET /registry/v1/parties/skat': { status: 200, body: { ...skat, keys: [], policies: [] } },
      'POST /receiver/v1/guests': keeps,
    };
    return types(answers, ...register(...more));
  };

  const committed = ({ body }: Asked): Answer => {
    const guest = JSON.parse(body) as GuestDetails & { salt: string };
    const salt = base64url.decodeStrict(guest.salt) ?? new Uint8Array();
    return { status: 201, body: { guest: commitment(salt, guestText(guest)) } };
  };

  it('is kept by the hub, and a commitment to them signed; no file and no token holds the name', async () => {
    expect(await registers(committed, ...anna)).toBe(0);
    const [kept = ''] = posted('/receiver/v1/guests');
    expect(JSON.parse(kept)).toMatchObject({ name: 'Anna Jensen', email: 'anna@example.org', language: 'en' });
    const claims = statement('/sender/v1/tokens');
    const asked = { method: 'POST', path: '', prefer: undefined, authorization: undefined, body: kept };
    expect(claims).toMatchObject({ to: 'guest', ...(committed(asked).body as object) });
    expect(JSON.stringify(claims)).not.toContain('Anna');
    const texts = (await readdir(terminal.home, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
    expect((await Promise.all(texts)).join()).not.toContain('anna@example.org');
  });

  it('another commitment than to who was named → nothing is signed', async () => {
    expect(await registers(() => ({ status: 201, body: { guest: someHead } }), ...anna)).toBe(1);
    expect(terminal.err).toContain('guest.other-commitment');
    expect(posted('/sender/v1/tokens')).toEqual([]);
  });

  it.each([
    ['not named', [], 1, 'guest.unnamed'],
    ['reached in two ways', [...anna, '--guest-phone', '+4512345678'], 2, 'one way to be reached'],
    ['without a name', ['--guest-email', 'anna@example.org'], 2, 'has a name'],
    ['named, for a party', [...anna, '--to', 'statistics'], 2, '--to guest'],
  ])('%s → nothing is signed, and it says why', async (_how, more, exit, told) => {
    expect(await registers(committed, ...more)).toBe(exit);
    expect(terminal.err).toContain(told);
    expect(posted('/sender/v1/tokens')).toEqual([]);
  });

  it('confirms by code at somebody’s terminal, without any key', async () => {
    const path = '/receiver/v1/codes/confirm';
    const answers = { [`POST ${path}`]: { status: 200, body: { sub: someShipment, tid: someHead } } };
    expect(await types(answers, 'code', 'confirm', someShipment, '1234 5678', '--pieces', '2')).toBe(0);
    expect(posted(path).map((body) => JSON.parse(body) as unknown)).toEqual([
      { sub: someShipment, code: '12345678', pieces: 2, unopened: true },
    ]);
  });
});
