// Whether anything grows with what has passed through: the memory of each process after 200,000 tokens and after
// 1,000,000, on the same house, without a restart in between. Garbage that was not collected yet counts.
import { Backlog, HANDOFFS_PER_CHAIN, post } from './backlog.js';
import { used } from './cpu.js';
import { ground } from './ground.js';
import { progressOf } from './progress.js';

const PORTION = 50_000;

const resident = () =>
  Object.fromEntries(Object.entries(used()).map(([part, { residentMb }]) => [part, Math.round(residentMb)]));

/** @param {{ tokens?: string }} options the larger of the two */
export async function run({ tokens: wanted = '1000000' }) {
  const most = Number(wanted);
  const house = await ground();
  try {
    const { services: url = '' } = await house.start('services');
    const backlog = await Backlog.parties(url);
    await house.stopServices();
    await house.start('alerts', 'dashboard', 'ledger');
    const progress = await progressOf(house);
    let recorded = 0;
    /** @type {Record<string, number>[]} */
    const series = [];
    const pass = async (/** @type {number} */ until) => {
      while (recorded < until) {
        const { open, tokens } = backlog.register(PORTION / (2 * HANDOFFS_PER_CHAIN + 1));
        const all = [...tokens, ...backlog.handOffs(open)];
        await post(house.brokers, all);
        recorded += all.length;
        await progress.allHeard(recorded, ['alerts', 'dashboard']);
        series.push({ tokens: recorded, ...resident() });
      }
      return resident();
    };
    const early = await pass(most / 5);
    const late = await pass(most);
    await progress.close();
    const growth = Object.fromEntries(
      Object.entries(late).map(([part, mb]) => [part, Number((mb / (early[part] ?? mb)).toFixed(2))]),
    );
    console.table({ [`MB after ${most / 5}`]: early, [`MB after ${most}`]: late, growth });
    console.table(series);
    return { tokens: most, early, late, growth };
  } finally {
    await house.stop();
  }
}
