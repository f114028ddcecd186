// What the given parts cost by themselves (Kafka and its client, PostgreSQL and its driver, OpenSSL): the least that a
// house of a recorder and so many readers could take, if it knew nothing of custody.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HANDOFFS_PER_CHAIN } from '../backlog.js';
import { ceiling } from '../ceiling.js';
import { cpuBetween, used } from '../cpu.js';
import { prepared } from '../drain.js';
import { ground } from '../ground.js';
import { makeTopic } from '../make-topic.js';

const FROM = 'custody.tokens.v1';

/** @param {{ tokens?: string }} options */
export async function run({ tokens: wanted = '200000' }) {
  const house = await ground();
  try {
    const { tokens, keys, recordedBefore } = await prepared(
      house,
      Math.ceil(Number(wanted) / (2 * HANDOFFS_PER_CHAIN)),
      [],
    );
    const perSecond = (await ceiling(tokens, keys)) / 2;
    const all = tokens.length + recordedBefore;
    return told(perSecond, {
      'a recorder alone': await bare(house, all, keys, { readers: 0 }),
      'with two readers': await bare(house, all, keys, { readers: 2 }),
      'that keep parcels': await bare(house, all, keys, { readers: 2, keeping: true }),
    });
  } finally {
    await house.stop();
  }
}

/** @param {number} perSecond hand-offs, of the ceiling @param {Record<string, Awaited<ReturnType<typeof bare>>>} runs */
function told(perSecond, runs) {
  const rows = Object.entries(runs).map(([name, { handOffs, handOffsPerSecond, cpu }]) => [
    name,
    {
      'hand-offs/s': Math.round(handOffsPerSecond),
      'of the ceiling': Number((handOffsPerSecond / perSecond).toFixed(3)),
      ...Object.fromEntries(Object.entries(cpu).map(([part, us]) => [`${part}, µs`, Math.round(us / handOffs)])),
    },
  ]);
  console.table(Object.fromEntries(rows));
  return { ceilingPerSecond: Math.round(perSecond), runs: Object.fromEntries(rows) };
}

/**
 * @param {import('../ground.js').Ground} ground with the backlog on its topic @param {number} count tokens
 * @param {Map<string, import('node:crypto').KeyObject>} keys
 * @param {{ readers: number, keeping?: boolean }} options
 * @returns {Promise<{ handOffs: number, handOffsPerSecond: number, cpu: Record<string, number> }>} cpu: microseconds by part
 */
async function bare({ brokers, adminUrl, query }, count, keys, { readers, keeping = false }) {
  const run = `${readers}${keeping ? '-keeping' : ''}`;
  const to = `bare.recorded.${run}`;
  await makeTopic(brokers, to);
  await query('DROP TABLE IF EXISTS bare_tokens, bare_read');
  await query('CREATE TABLE bare_tokens (tid text PRIMARY KEY, token text NOT NULL)');
  await query('CREATE TABLE bare_read (reader text PRIMARY KEY, read bigint NOT NULL)');
  const jwks = JSON.stringify([...keys].map(([kid, key]) => [kid, key.export({ format: 'jwk' })]));
  const env = {
    ...process.env,
    BROKERS: brokers,
    POSTGRES_URL: adminUrl,
    FROM,
    TO: to,
    JWKS: jwks,
    GROUP: `bare-recorder-${run}`,
  };
  const start = (/** @type {string} */ file, more = {}) =>
    spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
      env: { ...env, ...more },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const kept = async () => Number((await query('SELECT count(*) AS kept FROM bare_tokens'))[0]?.['kept']);
  const read = async () => {
    const [row] = await query('SELECT count(*) AS readers, min(read) AS least FROM bare_read');
    return Number(row?.['readers']) < readers ? 0 : Number(row?.['least']);
  };
  const processes = Array.from({ length: readers }, (_, no) =>
    start('bare-reader.js', { READER: `bare-reader-${run}-${no}`, KEEPS: keeping ? `bare_view_${no}` : '' }),
  );
  processes.push(start('bare-recorder.js'));
  try {
    while ((await kept()) === 0) await pause(5);
    const [cpu, before, begun] = [used(), await kept(), performance.now()];
    while ((await kept()) < count) await pause(250);
    while (readers > 0 && (await read()) < count) await pause(250);
    const seconds = (performance.now() - begun) / 1000;
    const handOffs = (count - before) / 2;
    return { handOffs, handOffsPerSecond: handOffs / seconds, cpu: cpuBetween(cpu, used()) };
  } finally {
    for (const one of processes) one.kill();
  }
}
