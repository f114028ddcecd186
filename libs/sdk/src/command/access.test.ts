// The command that shows the hub who asks.

import { join } from 'node:path';
import { readAccess } from '@unbroken/tokens';
import { AnsweringHub } from '../fixture/answering-hub.js';
import { AtTerminal, NOW } from '../fixture/at-terminal.js';
import { DirectoryKeyStore } from '../keys/directory-key-store.js';

const aud = 'unbroken-test';
const operator = { party: 'unbroken-operator', kid: null };
const trust = { deployment: aud, operator, logs: [], witnesses: [], quorum: 0, promises: [] };

let terminal: AtTerminal;
let hub: AnsweringHub;
let hubUrl: string;

beforeEach(async () => {
  terminal = await AtTerminal.sitDown();
  hub = new AnsweringHub({ 'GET /ledger/v1/trust': { status: 200, body: trust } });
  hubUrl = await hub.listen();
});

afterEach(async () => {
  await hub.close();
  await terminal.leave();
});

it('access → a token of the party’s key for that hub, which holds for as long as was said', async () => {
  const { kid, party } = await terminal.key('national-audit');
  const { jwk } = await new DirectoryKeyStore(join(terminal.home, 'keys')).signer(kid);
  expect(await terminal.types(['access', '--minutes', '5'], hubUrl)).toBe(0);
  const readAt = (now: number) =>
    readAccess(terminal.out.trim(), { aud, scope: 'log.entries', now, keyOf: () => ({ party, kid, jwk }) });
  expect(await readAt(NOW / 1000)).toMatchObject({ party: 'national-audit' });
  await expect(readAt(NOW / 1000 + 300)).rejects.toMatchObject({ code: 'access.time' });
});

it('for longer than an hour → refused at once', async () => {
  await terminal.key('national-audit');
  expect(await terminal.types(['access', '--minutes', '61'], hubUrl)).toBe(2);
  expect(terminal.out).toBe('');
});
