// An agent in production, whose hub answers over TLS under a certificate of a private authority: it speaks to that hub, and to
// nobody who shows another authority's.

import { writeFileSync } from 'node:fs';
import { HubUnreachable, UnbrokenClient } from '@unbroken/sdk';
import { waitFor } from '@unbroken/testing';
import { AgentHouse } from './fixture/agent-house.js';
import { History, ORIGIN, ServedLog } from './fixture/served-log.js';
import { testCertificates } from './fixture/test-certificates.js';
import { hubOf } from './hub.js';

const honest = new History([['entry', 60]]);
const forked = new History([
  ['entry', 10],
  ['other', 60],
]);

const ours = testCertificates();
const others = testCertificates();
let log: ServedLog;
let trust: string;

beforeAll(async () => {
  log = await ServedLog.start(honest, ours.server);
  trust = `${ours.ca}.trust.json`;
  writeFileSync(trust, JSON.stringify(log.trust));
});
afterAll(async () => {
  await log.stop();
  for (const certificates of [ours, others]) certificates.remove();
});

const agentOf = (more: Record<string, string>) =>
  new AgentHouse(log.url, { UNBROKEN_ENV: 'production', UNBROKEN_AGENT_TRUST: trust, ...more });

it('its authority is named → cosigned, watched and told, all over TLS', async () => {
  const agent = agentOf({ UNBROKEN_AGENT_HUB_CA: ours.ca });
  try {
    await agent.start();
    log.shown = { history: honest, size: 16 };
    await waitFor(async () => (await agent.ask(await log.submission(honest, 0, 16)))[0] === 200, { what: 'cosigned' });
    log.shown = { history: forked, size: 17 };
    const found = () => agent.findings();
    await waitFor(async () => (await found()).length > 0, { what: 'a finding', timeoutMs: 20_000 });
    expect(await found()).toMatchObject([{ code: 'log.split-view', about: ORIGIN }]);
    await waitFor(() => log.told.length > 0, { what: 'the hub to be told', timeoutMs: 20_000 });
  } finally {
    await agent.tearDown();
  }
}, 60_000);

it.each([
  ['its authority is another', () => ({ UNBROKEN_AGENT_HUB_CA: others.ca }), '127.0.0.1', /certificate/],
  ['its authority is not named', () => ({}), '127.0.0.1', /certificate/],
  ['its certificate is of another name', () => ({ UNBROKEN_AGENT_HUB_CA: ours.ca }), 'localhost', /altnames/],
])('%s → nothing is asked of it, and it is said why', async (_, more, host, why) => {
  const { settings } = agentOf(more());
  const hub = hubOf({ ...settings, UNBROKEN_AGENT_HUB: log.url.replace('127.0.0.1', host) });
  const refused = await new UnbrokenClient(hub).trust().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(HubUnreachable);
  expect((refused as Error).message).toMatch(why);
});

it.each([
  ['is not there', () => `${ours.ca}.none`, /ENOENT/],
  ['holds no certificate', () => trust, /no certificate in PEM/],
])('the file of its authority %s → does not start, and says so', async (_, path, why) => {
  await expect(agentOf({ UNBROKEN_AGENT_HUB_CA: path() }).start()).rejects.toThrow(why);
});
