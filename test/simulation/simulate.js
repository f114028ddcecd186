// node test/simulation/simulate.js [shipments] [seed]: a month of a small country's registered mail, in memory. Ends with 1
// where anything was raised that should not be, or missed. `npm run build` first.

import { parties } from './country.js';
import { month } from './month.js';

const [shipments = '100000', seed = '2026'] = process.argv.slice(2);
const begun = performance.now();
const { odd, byCode, load, ...count } = month({ shipments: Number(shipments), troubled: 2, seed: Number(seed) });
const seconds = (performance.now() - begun) / 1000;

const shown = (/** @type {{ party: string, mean: number, most: number }[]} */ rows) =>
  Object.fromEntries(
    rows
      .slice(0, 8)
      .map(({ party, mean, most }) => [party, { 'mean a day': Number(mean.toFixed(1)), 'most on a day': most }]),
  );

console.log({ parties: parties.length, ...count, seconds: Number(seconds.toFixed(1)) });
console.log(byCode);
console.log(`Told, of ${load.days} days with any:`);
console.table(shown(load.told));
console.log('To be answered:');
console.table(shown(load.answered));
for (const one of odd.slice(0, 20)) console.log('not as it should be:', one);
process.exitCode = odd.length > 0 ? 1 : 0;
