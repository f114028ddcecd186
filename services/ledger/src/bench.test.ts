import { jest } from '@jest/globals';
import { RawProducer, createKafka } from '@unbroken/platform';
import { VerificationPool } from './verify/verification-pool.js';
import { OpenLogs } from './append/open-logs.js';
import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from './fixture/ledger-house.js';
import { register, release, settle, tidOf } from './fixture/signers.js';
jest.setTimeout(300_000);
const stats: Record<string, { n: number; ms: number; items: number }> = {};
function patch(proto: any, name: string, size: (args: any[]) => number) {
  const original = proto[name];
  stats[name] = { n: 0, ms: 0, items: 0 };
  proto[name] = async function (...args: any[]) {
    const t = performance.now();
    try { return await original.apply(this, args); } finally { const st = stats[name]!; st.n++; st.ms += performance.now() - t; st.items += size(args); }
  };
}
patch(VerificationPool.prototype, 'verify', (a) => a[0].length);
patch(OpenLogs.prototype, 'append', (a) => a[1].tids.length);
patch(RawProducer.prototype, 'send', (a) => a[1].length);
it('drains', async () => {
  const house = await LedgerHouse.build();
  const post = await settle('north-post');
  await house.start();
  await house.hand('registry.tokens.v1', post.tokens);
  await house.until(post.tokens.at(-1) ?? '', 'recorded');
  await house.stop();
  const byPart: { key: string; tokens: string[] }[] = [];
  const N = 10_000;
  for (let i = 0; i < N; i += 200) {
    byPart.push(...await Promise.all(Array.from({ length: 200 }, async () => {
      const { sub, registered } = await register(post.party);
      return { key: sub, tokens: [registered, await release(post.party, sub, tidOf(registered))] };
    })));
  }
  const producer = new RawProducer({ kafka: createKafka(house.settings, 'bench'), prefix: house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX });
  for (let i = 0; i < byPart.length; i += 500) {
    const some = byPart.slice(i, i + 500);
    await producer.send('custody.tokens.v1', some.flatMap(({ key, tokens }) => tokens.map((value) => ({ key, value }))));
  }
  const count = async () => Number((await house.dataSource.query<{ c: string }[]>(`SELECT size AS c FROM logs WHERE name = 'custody/0'`))[0]?.c);
  const pub = async () => Number((await house.dataSource.query<{ c: string }[]>(`SELECT published AS c FROM publications WHERE log = 'custody/0'`))[0]?.c);
  for (const one of Object.values(stats)) Object.assign(one, { n: 0, ms: 0, items: 0 });
  const cpu0 = process.cpuUsage();
  await house.start();
  await waitFor(async () => (await count()) > 0, { what: 'first', timeoutMs: 60_000 });
  const t0 = performance.now(); const u0 = process.cpuUsage(); const e0 = performance.eventLoopUtilization(); const c0 = await count();
  await waitFor(async () => (await count()) >= 2 * N, { what: 'all', timeoutMs: 200_000 });
  const t1 = performance.now(); const u1 = process.cpuUsage(u0); const e1 = performance.eventLoopUtilization(e0);
  await waitFor(async () => (await pub()) >= 2 * N, { what: 'published', timeoutMs: 200_000 });
  const t2 = performance.now();
  const cpu = process.cpuUsage(cpu0);
  console.log(JSON.stringify(stats), `cpu in phase ${(u1.user + u1.system) / 1000} main loop active ${e1.active} of ${e1.active + e1.idle}`, `recorded ${2 * N - c0} in ${(t1 - t0).toFixed(0)} ms = ${((2 * N - c0) / (t1 - t0) * 1000).toFixed(0)}/s; published after ${(t2 - t0).toFixed(0)} ms = ${((2 * N - c0) / (t2 - t0) * 1000).toFixed(0)}/s; cpu ${(cpu.user + cpu.system) / 1000} ms`);
  await house.tearDown();
});
