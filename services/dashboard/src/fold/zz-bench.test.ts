import { afterAll, beforeAll, it } from '@jest/globals';
import { ChainStore, RegistryView } from '@unbroken/chains';
import { TestLedger, TestShipment } from '@unbroken/chains/fixture';
import { DashboardHouse } from '../fixture/dashboard-house.js';
import { KnownParties } from './known-parties.js';
import { Picture } from './picture.js';

let house: DashboardHouse;
beforeAll(async () => { house = await DashboardHouse.open(); }, 60_000);
afterAll(() => house.tearDown(), 30_000);

it('bench', async () => {
  const collected: any[] = [];
  const producer: any = { send: (topic: string, messages: any[]) => topic.startsWith('custody') ? (collected.push(...messages.map((m) => ({ ...m, topic, partition: 0, offset: String(collected.length), timestamp: 0, value: Buffer.from(m.value) }))), Promise.resolve()) : house.producer.send(topic as any, messages) };
  const ledger = new TestLedger({ producer, clock: house.clock, deployment: house.settings.UNBROKEN_DEPLOYMENT, operator: house.settings.UNBROKEN_OPERATOR_PARTY as any });
  const sender = await ledger.party('health-board', ['sender']);
  const courier = await ledger.party('royal-mail', ['courier']);
  const view = new RegistryView({ kafka: house.kafka, prefix: house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, deployment: house.settings.UNBROKEN_DEPLOYMENT, operator: house.settings.UNBROKEN_OPERATOR_PARTY as any });
  view.start();
  const N = 4000;
  const ships: TestShipment[] = [];
  for (let i = 0; i < N; i++) ships.push(await TestShipment.register(ledger, sender, { to: 'statistics', via: ['royal-mail'] }));
  const registered = collected.splice(0);
  for (const s of ships) await s.add(sender, 'released', { to: 'royal-mail', mode: 'meet' });
  for (const s of ships) await s.add(courier, 'accepted', { cond: 'ok' });
  const moved = collected.splice(0);
  const ds = await house.database();
  const chains = new ChainStore(ds);
  const picture = new Picture({ dataSource: ds, chains, view, parties: new KnownParties(), changed: () => undefined });
  const bare = { foldEntries: (b: any) => ds.transaction(async (m) => { await chains.fold(m, b, view); }) };
  const run = async (name: string, what: { foldEntries(b: any): Promise<void> }, all: any[]) => {
    const times: number[] = []; const cpu = process.cpuUsage(); const t0 = performance.now();
    for (let i = 0; i < all.length; i += 500) { const t = performance.now(); await what.foldEntries(all.slice(i, i + 500)); times.push(performance.now() - t); }
    const wall = performance.now() - t0; const used = process.cpuUsage(cpu);
    times.sort((a, b) => a - b);
    console.log(name, all.length, 'tokens', wall.toFixed(), 'ms', (all.length / wall * 1000).toFixed(), '/s; batch median', times[times.length >> 1]?.toFixed(1), 'node cpu us/token', ((used.user + used.system) / all.length).toFixed(1));
  };
  await run('registered', picture, registered);
  await run('moved', picture, moved);
  await ds.query('TRUNCATE chains, chain_history, rows');
  await run('registered bare', bare, registered);
  await run('moved bare', bare, moved);
  await ds.query('TRUNCATE chains, chain_history, rows');
  await run('registered', picture, registered);
  await run('moved', picture, moved);
  // one chain of 1000
  const long = await TestShipment.register(ledger, sender, { to: 'statistics', via: ['royal-mail'] });
  await long.handOver(sender, courier);
  for (let i = 0; i < 248; i++) { await long.add(courier, 'released', { to: 'royal-mail', mode: 'meet' }); await long.add(courier, 'accepted', { cond: 'ok' }); await long.add(courier, 'inspected', { seals: {} }); await long.add(courier, 'imported', { what: 'scanned' }); }
  const m = collected.splice(0);
  for (let i = 0; i < m.length; i += 500) await picture.foldEntries(m.slice(i, i + 500));
  for (let i = 0; i < 5; i++) { const t = performance.now(); const v = await house.chain(long.sub); console.log('chain of', v.entries.length, (performance.now() - t).toFixed(), 'ms'); }
  await view.stop();
}, 300_000);
