// Everything judged again from the log: what people have decided stays, and nobody is told anything twice.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import type { AlertsPage } from '@unbroken/contracts';
import { openDatabase, topicName } from '@unbroken/platform';
import { AlertsHouse } from '../fixture/alerts-house.js';
import { fourParties, misdelivered } from '../fixture/four-parties.js';
import type { FourParties } from '../fixture/four-parties.js';
import { alertsMigrations } from '../migrations/index.js';
import { rebuildAlerts } from './rebuild-alerts.js';

let house: AlertsHouse;
let parties: FourParties;
let sender: TestParty;
let courier: TestParty;
let receiver: TestParty;
let stranger: TestParty;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  parties = await fourParties(house);
  ({ sender, courier, receiver, stranger } = parties);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const rebuilt = () =>
  rebuildAlerts({ settings: house.settings, log: house.ledger.custodyLog(), say: () => undefined }, house.clock);

async function sql<T = unknown>(statement: string): Promise<T[]> {
  const { settings } = house;
  const migrations = [...alertsMigrations];
  const database = await openDatabase({ service: 'alerts', settings, entities: [], migrations, poolSize: 1 });
  try {
    return await database.query(statement);
  } finally {
    await database.destroy();
  }
}

const everyAlert = async () =>
  ((await (await house.request('alerts?state=all&limit=500')).json()) as AlertsPage).alerts;

/** How many states of alerts were ever announced. */
async function announced(): Promise<number> {
  const admin = house.kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(
    topicName(house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, 'custody.alerts.v1'),
  );
  await admin.disconnect();
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

async function aMisdelivered(): Promise<TestShipment> {
  const shipment = await misdelivered(house, parties);
  await house.alert(shipment.sub, 'misdelivery.off-route');
  return shipment;
}

async function waitsInVain(): Promise<TestShipment> {
  const shipment = await TestShipment.register(house.ledger, sender, { to: receiver.id, via: [courier.id] });
  await shipment.add(sender, 'released', { to: courier.id, mode: 'meet', until: house.ledger.now + 60 });
  await house.settled();
  house.clock.advance(120_000);
  await house.alert(shipment.sub, 'handoff.unanswered');
  return shipment;
}

describe('rebuild', () => {
  it('the service runs → refused, nothing touched', async () => {
    await aMisdelivered();
    const before = await everyAlert();
    await expect(rebuilt()).rejects.toMatchObject({ code: 'view.at-work' });
    expect(await everyAlert()).toEqual(before);
  });

  it('stopped → the same alerts with every decision and reason, nothing announced again; and it judges on', async () => {
    const decided = await aMisdelivered();
    const [first, second] = await house.alerts(decided.sub);
    const by = { by: sender.id, reason: 'We have called them.' };
    expect((await house.request(`alerts/${first?.id ?? ''}/acknowledge`, by)).ok).toBe(true);
    expect((await house.request(`alerts/${second?.id ?? ''}/resolve`, { ...by, reason: 'It came back.' })).ok).toBe(
      true,
    );
    await waitsInVain();
    const answered = await waitsInVain();
    await answered.add(courier, 'accepted', { cond: 'ok' });
    await house.settled();
    const before = await everyAlert();
    await house.stop();
    const told = await announced();
    // As a bug might leave it.
    await sql(`DELETE FROM chain_history WHERE sub = '${decided.sub}'`);
    await sql('DELETE FROM signers');

    await rebuilt();
    await rebuilt();
    await house.start();
    await house.settled();
    expect(await everyAlert()).toEqual(before);
    expect(await sql('SELECT 1 FROM outbox')).toEqual([]);
    expect(await announced()).toBe(told);
    expect((await sql('SELECT 1 FROM signers')).length).toBeGreaterThan(0);

    await decided.add(stranger, 'released', { to: courier.id, mode: 'meet' });
    await decided.add(courier, 'accepted', { cond: 'opened' });
    await house.alert(decided.sub, 'parcel.opened');
  }, 60_000);

  it('all its tables were lost, and days pass → raised as of the record, or of when they fell due; late is late', async () => {
    const shipment = await aMisdelivered();
    const silent = await waitsInVain();
    const ours = async () =>
      (await everyAlert())
        .filter(({ sub }) => sub === shipment.sub || sub === silent.sub)
        .map(({ id, raisedAt, dueAt, late }) => ({ id, raisedAt, dueAt, late }));
    const before = new Map((await ours()).map((alert) => [alert.id, alert]));
    await house.stop();
    await sql('TRUNCATE alerts, deadlines, chain_history, signers CASCADE');
    house.clock.advance(3 * 24 * 3_600_000);
    await rebuilt();
    await house.start();
    await house.settled();
    const after = (await ours()).filter(({ id }) => before.has(id));
    expect(after).toHaveLength(before.size);
    for (const { id, raisedAt, dueAt, late } of after) {
      const once = before.get(id);
      const record = (once?.raisedAt ?? '').slice(0, 19);
      expect(dueAt).toBe(once?.dueAt);
      expect(raisedAt.slice(0, 19)).toBe(dueAt === undefined ? record : dueAt.slice(0, 19));
      expect(late ?? false).toBe(dueAt !== undefined);
    }
  }, 60_000);

  it('an alert that was missed → raised now, it alone; one that never held → resolves itself', async () => {
    const shipment = await aMisdelivered();
    const before = await everyAlert();
    await house.stop();
    await sql(`DELETE FROM alerts WHERE sub = '${shipment.sub}' AND code = 'misdelivery.off-route'`);
    await sql(
      `INSERT INTO alerts (id, sub, tid, code, severity, parties, late, raised_at, state)
       SELECT gen_random_uuid(), sub, tid, 'seal.broken', severity, parties, late, raised_at, 'raised'
       FROM alerts WHERE sub = '${shipment.sub}' AND code = 'misdelivery.wrong-party'`,
    );
    await rebuilt();
    await house.start();
    const after = await everyAlert();
    expect(after.filter(({ code }) => code === 'seal.broken')).toMatchObject([
      { state: 'resolved', resolved: { by: null } },
    ]);
    const codes = (alerts: typeof after) => alerts.map(({ sub, code }) => `${sub} ${code}`).sort();
    expect(codes(after.filter(({ code }) => code !== 'seal.broken'))).toEqual(codes(before));
  }, 60_000);
});
