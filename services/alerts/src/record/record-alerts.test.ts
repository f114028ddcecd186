// Alerts about the record itself: what the audit found, and its silence.

import type { AuditHeartbeat, AlertsPage } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { AlertsHouse } from '../fixture/alerts-house.js';

const HOUR_MS = 60 * 60 * 1000;
const CUSTODY = 'unbroken-development/custody/0';

let house: AlertsHouse;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

type Found = NonNullable<AuditHeartbeat['logs'][number]['found']>;

async function audited(found?: Found, faults = 1): Promise<void> {
  const at = new Date(house.clock.now()).toISOString();
  const heartbeat: AuditHeartbeat = {
    source: 'audit',
    at,
    logs: [{ origin: CUSTODY, size: 7, faults: found === undefined ? 0 : faults, ...(found && { found }) }],
  };
  const value = JSON.stringify(heartbeat);
  await house.producer.send('platform.heartbeats.v1', [{ key: 'audit', value }]);
}

const alerts = async (code: string) => {
  const page = (await (await house.request('alerts?state=all')).json()) as AlertsPage;
  return page.alerts.filter((alert) => alert.code === code);
};

const alertsOnce = (code: string, count: number, state = 'raised') =>
  waitFor(
    async () => {
      const found = (await alerts(code)).filter((alert) => alert.state === state);
      return found.length === count ? found : undefined;
    },
    { what: `${count} ${code} ${state}` },
  );

const changed: Found = { hash: 'A'.repeat(43), first: 'entry.changed in entries, custody/0 3' };

it('the audit found something → log.tampered to the operator; the same the next night is the same alert', async () => {
  await audited(changed, 3);
  const [alert] = await alertsOnce('log.tampered', 1);
  expect(alert).toMatchObject({
    sub: CUSTODY,
    severity: 'critical',
    parties: ['unbroken-operator'],
    responsible: 'unbroken-operator',
    sentence: 'The audit found that the record was changed: entry.changed in entries, custody/0 3 and 2 more.',
  });
  expect(alert?.next.join(' ')).toContain('unbroken recover');
  house.clock.advance(24 * HOUR_MS);
  await audited(changed, 3);
  await audited({ ...changed, hash: 'E'.repeat(43) });
  expect(await alertsOnce('log.tampered', 2)).toHaveLength(2);
});

it('no audit for 26 hours → pipeline.silent, once, across a restart; an audit resolves it', async () => {
  expect(await alerts('pipeline.silent')).toEqual([]);
  house.clock.advance(26 * HOUR_MS + 1);
  const [alert] = await alertsOnce('pipeline.silent', 1);
  expect(alert).toMatchObject({ sub: 'unbroken-development/audit', severity: 'high', parties: ['unbroken-operator'] });
  await house.stop();
  await house.start();
  house.clock.advance(HOUR_MS);
  await audited();
  await alertsOnce('pipeline.silent', 1, 'resolved');
  expect(await alerts('pipeline.silent')).toHaveLength(1);
  // What was found stays until a person resolves it.
  expect(await alertsOnce('log.tampered', 2)).toHaveLength(2);
}, 30_000);

it('audited while nobody listened → no silence after the start', async () => {
  await house.stop();
  house.clock.advance(40 * HOUR_MS);
  await audited();
  await house.start();
  house.clock.advance(26 * HOUR_MS + 1);
  await alertsOnce('pipeline.silent', 1, 'raised');
  expect(await alerts('pipeline.silent')).toHaveLength(2);
}, 30_000);
