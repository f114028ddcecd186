// `npm run bench -- NAME [options]`: one benchmark against the built packages, on a Kafka and a Postgres of its own. Each
// prints a table and, last, one line of JSON; ratios are of one run, because machines differ and are noisy.
import { parseArgs } from 'node:util';

/** @type {Readonly<Record<string, () => Promise<{ run: (options: Record<string, string>) => Promise<object> }>>>} */
const benches = {
  bare: () => import('./bare/bare.js'),
  drain: () => import('./drain.js'),
  fsck: () => import('./fsck.js'),
  gateway: () => import('./gateway.js'),
  judge: () => import('./judge.js'),
  latency: () => import('./latency.js'),
  manifest: () => import('./manifest.js'),
  memory: () => import('./memory.js'),
  page: () => import('./page.js'),
  size: () => import('./size.js'),
  tessera: () => import('./tessera.js'),
  verify: () => import('./verify.js'),
};

const [name = '', ...rest] = process.argv.slice(2);
const load = benches[name];
if (load === undefined) {
  console.error(`Name a benchmark: npm run bench -- ${Object.keys(benches).join(' | ')} [--tokens 200000]`);
  process.exit(2);
}
const { values } = parseArgs({
  args: rest,
  options: {
    tokens: { type: 'string' },
    registry: { type: 'string' },
    chains: { type: 'string' },
    entries: { type: 'string' },
    seconds: { type: 'string' },
    rate: { type: 'string' },
    services: { type: 'string' },
    profile: { type: 'string' },
  },
});
const { run } = await load();
const result = await run(/** @type {Record<string, string>} */ ({ ...values }));
console.log(JSON.stringify({ bench: name, ...result }));
process.exit();
