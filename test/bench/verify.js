// How long it takes to check the evidence of a parcel of 40 statements, as an auditor does: `unbroken verify`, a process of
// its own each time, no hub in reach. The statements lie in a log of 20,000.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { evidencePdf } from '@unbroken/evidence-pdf';
import { MemoryHub } from '@unbroken/evidence/fixture';
import { quantiles } from './quantiles.js';

const RUNS = 10;
const OTHERS = 20_000;
const COMMAND = join(import.meta.dirname, '../../libs/sdk/bin/unbroken.js');
const NOBODY = 'http://127.0.0.1:9';

const start = promisify(execFile);

/** @param {{ tokens?: string }} options */
export async function run({ tokens = '40' }) {
  const folder = await mkdtemp(join(tmpdir(), 'unbroken-bench-'));
  try {
    const { bundle, trust, now } = await parcelOf(Number(tokens));
    const [json, pdf, policy] = [join(folder, 'a.json'), join(folder, 'a.pdf'), join(folder, 'trust.json')];
    await writeFile(json, JSON.stringify(bundle));
    await writeFile(pdf, await evidencePdf(bundle, now));
    await writeFile(policy, JSON.stringify(trust));
    const results = {
      'verify, JSON': await timed(['verify', json, '--policy', policy]),
      'verify, PDF and its pages': await timed(['verify', pdf, '--policy', policy]),
      'the command alone': await timed(['--help']),
    };
    console.table(results);
    return { tokens: bundle.tokens.length, runs: RUNS, ms: results };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {number} statements an even number from 6 on */
async function parcelOf(statements) {
  const hub = await MemoryHub.open();
  const [sender, post, office] = [await hub.settle('sender'), await hub.settle('post'), await hub.settle('office')];
  const sub = await hub.register(sender, office, { via: [post.id] });
  await hub.say(sub, sender, 'sealed', { seals: { 'DK-0417': 'S' } });
  await hub.handOver(sub, sender, post);
  for (let said = 4; said < statements - 2; said += 2) await hub.handOver(sub, post, post);
  await hub.handOver(sub, post, office);
  const hash = 'A'.repeat(43);
  for (let other = 0; other < OTHERS; other += 1) {
    /** @type {import('@unbroken/contracts').Entry} */
    const entry = {
      kind: 'malformed',
      recordedAt: hub.now * 1000,
      registrySize: hub.registry.size,
      tid: /** @type {import('@unbroken/tokens').TokenId} */ (hash),
      kid: /** @type {import('@unbroken/tokens').KeyId} */ (hash),
      reason: `evt:unknown-${other}`,
    };
    hub.custody.append('another parcel', hash, entry);
  }
  return { bundle: await hub.evidence(sub, [sender, post, office]), trust: hub.trust, now: hub.now };
}

/** Says at its end how much of the processor it took: on a busy machine that is what stays the same. */
const TELLS_CPU =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();console.error((user+system)/1000)})';

/** @param {string[]} args */
async function timed(args) {
  const [ms, cpu] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let at = 0; at < RUNS; at += 1) {
    const begun = performance.now();
    const { stderr } = await start(process.execPath, ['--import', TELLS_CPU, COMMAND, '--hub', NOBODY, ...args]);
    ms.push(performance.now() - begun);
    cpu.push(Number(stderr.trim().split('\n').at(-1)));
  }
  const { p50, longest } = quantiles(ms);
  return { 'p50 ms': p50, 'max ms': longest, 'p50 ms of CPU': quantiles(cpu).p50 };
}
