// Who shows that a log has two histories raises an alert; who does not show it raises none.

import { jest } from '@jest/globals';
import type { Alert, AlertsPage } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { formatCheckpoint, formatNote, formatVkey, leafHash, nodeHash, signNote, verifierKey } from '@unbroken/tlog';
import type { NoteSigner } from '@unbroken/tlog';
import { base64url, generateSigner } from '@unbroken/tokens';
import { AlertsHouse } from '../fixture/alerts-house.js';

jest.setTimeout(60_000);

const ORIGIN = 'unbroken-development/custody/0';
const leaf = (text: string) => leafHash(new TextEncoder().encode(text));
const [a, b, c] = [leaf('a'), leaf('b'), leaf('c')];
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

let house: AlertsHouse;
let log: NoteSigner;
let stranger: NoteSigner;

async function signerOf(name: string): Promise<NoteSigner> {
  const { signer } = await generateSigner('Ed25519');
  const key = verifierKey(name, 'ed25519', base64url.decodeStrict(signer.jwk.x) ?? new Uint8Array());
  return { key, sign: (bytes) => signer.sign(bytes) };
}

const note = async (size: number, root: Uint8Array, by = log, origin = ORIGIN) => {
  const text = formatCheckpoint({ origin, size, root });
  return formatNote({ text, signatures: [await signNote(text, by)] });
};

const tell = async (body: unknown) => {
  const answer = await house.request('split-views', body);
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

const open = async () => ((await (await house.request('alerts')).json()) as AlertsPage).alerts;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  log = await signerOf(ORIGIN);
  stranger = await signerOf(ORIGIN);
  await house.producer.send('log.keys.v1', [{ key: ORIGIN, value: formatVkey(log.key) }]);
  const heard = async () => {
    const { body } = await tell({ first: await note(1, a), second: await note(1, a), proof: [] });
    return body['code'] === 'split-view.consistent';
  };
  await waitFor(heard, { what: 'the key of the log to be heard' });
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

it.each<[string, string, () => Promise<object>]>([
  [
    'one history',
    'split-view.consistent',
    async () => ({ first: await note(1, a), second: await note(1, a), proof: [] }),
  ],
  [
    'a log that grew',
    'split-view.consistent',
    async () => ({ first: await note(1, a), second: await note(2, nodeHash(a, b)), proof: [a, b].map(base64) }),
  ],
  [
    'a note signed by another key',
    'split-view.note',
    async () => ({ first: await note(1, a), second: await note(1, b, stranger), proof: [] }),
  ],
  [
    'a log of another hub',
    'split-view.origin',
    async () => ({ first: await note(1, a, stranger, 'elsewhere/registry'), second: await note(1, b), proof: [] }),
  ],
  [
    'a proof that leads nowhere',
    'split-view.proof',
    async () => ({ first: await note(1, a), second: await note(2, nodeHash(a, b)), proof: [c, b].map(base64) }),
  ],
  ['no notes', 'split-view.note', () => Promise.resolve({ first: 'x', second: 'y', proof: [] })],
])('%s → refused with %s, and nobody is alarmed', async (_, code, make) => {
  const { status, body } = await tell(await make());
  expect([status, body['code']]).toEqual([422, code]);
  expect(await open()).toEqual([]);
});

it('two roots of one size, both signed by the log → one alert, with what shows it, however often it is told', async () => {
  const shown = { first: await note(1, a), second: await note(1, b), proof: [] };
  const later = { first: await note(1, b), second: await note(2, nodeHash(a, c)), proof: [a, c].map(base64) };
  const told = [await tell(shown), await tell(shown), await tell(later)];
  expect(told.map(({ status }) => status)).toEqual([201, 201, 201]);
  const [alert, ...others] = (await open()) as [Alert, ...Alert[]];
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    code: 'log.split-view',
    severity: 'critical',
    sub: ORIGIN,
    responsible: 'unbroken-operator',
    sentence: 'A log of this hub has signed two histories that contradict each other.',
  });
  expect(told.map(({ body }) => body['alert'])).toEqual([alert.id, alert.id, alert.id]);
  const kept = (await (await house.request(`split-views/${alert.id}`)).json()) as { splitViews: unknown[] };
  expect(kept.splitViews).toEqual([shown, later]);
  expect((await house.alerts(encodeURIComponent(ORIGIN))).map(({ id }) => id)).toEqual([alert.id]);
});
