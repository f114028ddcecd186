// Whether the ledger gets slower as its log grows: the same number of hand-offs recorded by the ledger alone behind a log
// of a tenth of the entries, and behind all of them. What lies before is filled in by SQL, rows of the size and the
// randomness of real ones, and the ledger builds the tree over them itself when it starts, as it does for entries of before
// there was a tree; nobody reads them as tokens.
import { HANDOFFS_PER_CHAIN, Backlog, post } from './backlog.js';
import { drained } from './drain.js';
import { ground } from './ground.js';
import { progressOf } from './progress.js';

/** Rows a statement. */
const AT_ONCE = 100_000;

/** @param {{ entries?: string, tokens?: string }} options entries: the longer log; tokens: recorded behind each */
export async function run({ entries: wanted = '5000000', tokens: counted = '100000' }) {
  const most = Number(wanted);
  const house = await ground();
  try {
    const { services: url = '' } = await house.start('services');
    const backlog = await Backlog.parties(url);
    const chains = Math.ceil(Number(counted) / (2 * HANDOFFS_PER_CHAIN));
    const rounds = [most / 10, most].map((size) => ({ size, ...backlog.register(chains) }));
    const openings = rounds.flatMap(({ tokens }) => tokens);
    const progress = await progressOf(house);
    await post(house.brokers, openings);
    await progress.allRecorded(openings.length);
    await progress.close();
    await house.stopServices();

    const measured = [];
    for (const { size, open } of rounds) {
      await filled(house, size);
      const handOffs = [...backlog.handOffs(open)];
      await post(house.brokers, handOffs);
      const { measured: count, recordedAfter, cpu } = await drained(house, [], size, handOffs.length);
      measured.push({ behind: size, entriesPerSecond: Math.round(count / recordedAfter), ...usOf(cpu, count) });
    }
    console.table(measured);
    const [shorter, longer] = measured;
    const ofShorter = Number(((longer?.entriesPerSecond ?? 0) / (shorter?.entriesPerSecond ?? 1)).toFixed(2));
    console.log(`behind ${most} entries the ledger records ${ofShorter} times what it records behind ${most / 10}`);
    return { tokens: Number(counted), measured, ofShorter };
  } finally {
    await house.stop();
  }
}

/** Unlike any other, as an id or a signature is. @param {string} of SQL of a text */
const digest = (of) => `translate(encode(sha256(convert_to(${of}, 'UTF8')), 'base64'), '+/=', '-_')`;

/** The custody log filled up to so many entries while no service runs, all of it as if it were published. @param {import('./ground.js').Ground} house @param {number} size */
async function filled(house, size) {
  const [row] = await house.query(`SELECT size FROM ledger.logs WHERE name = 'custody/0'`);
  for (let from = Number(row?.['size']); from < size; from += AT_ONCE) {
    await house.query(
      `INSERT INTO ledger.entries (log, index, tid, kid, sub, recorded_at, registry_size, token, received_at)
       SELECT 'custody/0', n, ${digest("n || 'tid'")}, ${digest("n % 20 || 'kid'")}, left(${digest("n / 12 || 'sub'")}, 26),
              now(), 20, (SELECT string_agg(${digest("n || '.' || part")}, '') FROM generate_series(1, 11) AS part), now()
       FROM generate_series($1::bigint, $2::bigint - 1) AS n`,
      [from, Math.min(size, from + AT_ONCE)],
    );
  }
  await house.query(`UPDATE ledger.logs SET size = ${size}, last_recorded_at = now() WHERE name = 'custody/0'`);
  await house.query(`UPDATE ledger.publications SET published = ${size} WHERE log = 'custody/0'`);
  await house.query('VACUUM ANALYZE ledger.entries');
}

/** µs of CPU an entry, by part. @param {Record<string, number>} cpu @param {number} count */
const usOf = (cpu, count) =>
  Object.fromEntries(Object.entries(cpu).map(([part, us]) => [`${part}, µs`, Math.round(us / count)]));
