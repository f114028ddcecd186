// Alerts about the record itself: what the audit found, promises that were not kept, and silence about either.

import type { AuditHeartbeat, AlertsPage, PromisesHeartbeat } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import type { TokenId } from '@unbroken/tokens';
import { AlertsHouse } from '../fixture/alerts-house.js';

const HOUR_MS = 60 * 60 * 1000;
const AUDIT = 'unbroken-development/audit';
const PROMISES = 'unbroken-development/promises';
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

async function promised(overdue: number, first?: PromisesHeartbeat['first']): Promise<void> {
  const at = new Date(house.clock.now()).toISOString();
  const heartbeat: PromisesHeartbeat = { source: 'promises', at, overdue, ...(first && { first }) };
  await house.producer.send('platform.heartbeats.v1', [{ key: 'promises', value: JSON.stringify(heartbeat) }]);
}

const alerts = async (code: string, sub?: string) => {
  const page = (await (await house.request('alerts?state=all')).json()) as AlertsPage;
  return page.alerts.filter((alert) => alert.code === code && (sub === undefined || alert.sub === sub));
};

const alertsOnce = (code: string, count: number, state = 'raised', sub?: string) =>
  waitFor(
    async () => {
      const found = (await alerts(code, sub)).filter((alert) => alert.state === state);
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
  expect(await alerts('pipeline.silent', AUDIT)).toEqual([]);
  house.clock.advance(26 * HOUR_MS + 1);
  const [alert] = await alertsOnce('pipeline.silent', 1, 'raised', AUDIT);
  expect(alert).toMatchObject({ severity: 'high', parties: ['unbroken-operator'] });
  await house.stop();
  await house.start();
  house.clock.advance(HOUR_MS);
  await audited();
  await alertsOnce('pipeline.silent', 1, 'resolved', AUDIT);
  expect(await alerts('pipeline.silent', AUDIT)).toHaveLength(1);
  // What was found stays until a person resolves it.
  expect(await alertsOnce('log.tampered', 2)).toHaveLength(2);
}, 30_000);

it('audited while nobody listened → no silence after the start', async () => {
  await house.stop();
  house.clock.advance(40 * HOUR_MS);
  await audited();
  await house.start();
  house.clock.advance(26 * HOUR_MS + 1);
  await alertsOnce('pipeline.silent', 1, 'raised', AUDIT);
  expect(await alerts('pipeline.silent', AUDIT)).toHaveLength(2);
}, 30_000);

describe('promises', () => {
  const first = { tid: 'E'.repeat(43) as TokenId, due: '2026-03-01T08:00:00.000Z' };

  it('a token is not recorded when it is due → log.stalled; recorded → it resolves itself; the next is another', async () => {
    await promised(3, first);
    const [alert] = await alertsOnce('log.stalled', 1);
    expect(alert).toMatchObject({
      sub: PROMISES,
      tid: first.tid,
      severity: 'high',
      parties: ['unbroken-operator'],
      dueAt: first.due,
      sentence: expect.stringContaining('3 tokens are not recorded that this hub promised to record') as unknown,
    });
    await promised(2, { ...first, tid: 'I'.repeat(43) as TokenId });
    await promised(0);
    await alertsOnce('log.stalled', 1, 'resolved');
    expect(await alerts('log.stalled')).toHaveLength(1);
    await promised(1, { ...first, tid: 'M'.repeat(43) as TokenId });
    expect((await alertsOnce('log.stalled', 1))[0]?.tid).toBe('M'.repeat(43));
  }, 30_000);

  it('the ledger does not say for an hour → pipeline.silent; it says → resolved', async () => {
    await promised(0);
    await alertsOnce('pipeline.silent', 0, 'raised', PROMISES);
    const before = (await alerts('pipeline.silent', PROMISES)).length;
    house.clock.advance(HOUR_MS + 1);
    const [alert] = await alertsOnce('pipeline.silent', 1, 'raised', PROMISES);
    expect(alert?.sentence).toMatch(/^The ledger has not said whether it keeps what was promised since/);
    await promised(0);
    await alertsOnce('pipeline.silent', before + 1, 'resolved', PROMISES);
  }, 30_000);
});
