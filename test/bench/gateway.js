// A carrier's nightly file through its gateway: so many lines about so many parcels, by `unbroken-agent import`, a process of
// its own beside a hub in one process. First the chains are heard of, by a small file; then the file; then the same again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@unbroken/local';
import { defaultPolicyHash } from '@unbroken/custody';
import { UnbrokenClient } from '@unbroken/sdk';
import { newJti, sha256Hash, shipmentId } from '@unbroken/tokens';
import { repository } from '../../deploy/local/set-up/repository.js';
import { post } from './backlog.js';
import { ground } from './ground.js';
import { benchParty } from './parties.js';
import { progressOf } from './progress.js';

const PROGRAM = join(repository, 'services', 'agent', 'dist', 'main.js');
const CARRIER = 'bench-carrier';
const LOOK_MS = 100;
/** Of a Linux kernel, as `getconf CLK_TCK` says. */
const TICKS_PER_SECOND = 100;
const TEN_DAYS_S = 864_000;
/** One bad line in so many. */
const BAD_EVERY = 1_000;

const MAPPING = {
  format: 'unbroken-gateway-mapping/1',
  source: {
    kind: 'csv',
    delimiter: ';',
    parcel: [{ column: 'Number', scheme: 's10' }],
    time: { columns: ['Date', 'Time'], format: 'dd-MM-yyyy HH:mm:ss', zone: 'Europe/Copenhagen' },
    place: { column: 'Depot', sites: { 2650: `${CARRIER}/hvidovre` } },
    code: { column: 'Event' },
  },
  codes: { A10: { what: 'in-hall' }, I40: { what: 'delivered' } },
};

/** @param {{ tokens?: string, chains?: string }} options tokens: lines of the file; chains: parcels it is about */
export async function run({ tokens = '100000', chains = '10000' }) {
  const [lines, parcels] = [Number(tokens), Number(chains)];
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-bench-'));
  const house = await ground();
  try {
    const { services: hub = '' } = await house.start('services');
    const env = {
      ...process.env,
      UNBROKEN_ENV: 'development',
      UNBROKEN_LOG_LEVEL: 'error',
      UNBROKEN_HTTP_PORT: String(await freePort()),
      UNBROKEN_STATE_DIR: join(folder, 'agent'),
      UNBROKEN_AGENT_PARTY: CARRIER,
      UNBROKEN_AGENT_HUB: hub,
      UNBROKEN_AGENT_NAME: 'Bench carrier',
      UNBROKEN_AGENT_ROLES: 'courier',
    };
    await settle(hub, env);
    const numbers = Array.from({ length: parcels }, (_, no) => s10(no + 1));
    await register(house, hub, numbers);
    const mapping = join(folder, 'mapping.json');
    writeFileSync(mapping, JSON.stringify(MAPPING));
    const [small, nightly] = [join(folder, 'small.csv'), join(folder, 'nightly.csv')];
    await writeLines(small, 1, () => line(numbers[0] ?? '', 0, 'A10'));
    await writeLines(nightly, lines, (no) =>
      no % BAD_EVERY === BAD_EVERY - 1
        ? line('RR473124839DK', no, 'A10')
        : line(numbers[no % parcels] ?? '', no, no < lines - parcels ? 'A10' : 'I40'),
    );
    const result = {
      lines,
      parcels,
      heard: await imported(env, small, mapping),
      nightly: await imported(env, nightly, mapping),
      again: await imported(env, nightly, mapping),
    };
    console.table({ 'chains heard of': result.heard, 'the file': result.nightly, 'the same again': result.again });
    return result;
  } finally {
    await house.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The carrier's agent runs until its gateway key counts. @param {string} hub @param {NodeJS.ProcessEnv} env */
async function settle(hub, env) {
  const agent = spawn(process.execPath, [PROGRAM], { env, stdio: 'ignore' });
  const ended = once(agent, 'exit');
  const client = new UnbrokenClient({ url: hub });
  const counts = async () => {
    const party = await client.party(CARRIER).catch(() => undefined);
    return party?.admitted === true && party.keys.some(({ use }) => use === 'gateway');
  };
  while (!(await counts())) await pause(LOOK_MS);
  agent.kill('SIGTERM');
  await ended;
}

/** A parcel for each number, recorded. @param {import('./ground.js').Ground} house @param {string} hub @param {readonly string[]} numbers */
async function register(house, hub, numbers) {
  const sender = await benchParty(hub, 'sender', 'sender');
  const receiver = await benchParty(hub, 'receiver', 'receiver');
  const progress = await progressOf(house);
  const before = await progress.recorded();
  const iat = Math.floor(Date.now() / 1000);
  const openings = numbers.map((number) => {
    const jti = newJti();
    const sub = shipmentId(sender.id, jti);
    const claims = { evt: 'registered', seq: 0, aud: 'unbroken-development', kind: 'physical', to: receiver.id };
    const more = { via: [CARRIER], contents: sha256Hash(Buffer.from(jti)), class: 'internal', enc: { how: 'none' } };
    const last = { due: iat + TEN_DAYS_S, pieces: 1, policy: defaultPolicyHash, refs: { s10: number } };
    return { sub, token: sender.mint({ jti, sub, iat, ...claims, ...more, ...last }) };
  });
  await post(house.brokers, openings);
  await progress.allRecorded(before + openings.length);
  await progress.close();
}

/**
 * @param {NodeJS.ProcessEnv} env @param {string} file @param {string} mapping
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakMb: number, fresh: number, known: number, bad: number, waiting: number }>}
 */
async function imported(env, file, mapping) {
  const begun = performance.now();
  const run = spawn(process.execPath, [PROGRAM, 'import', file, '--map', mapping, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  run.stdout.on('data', (/** @type {Buffer} */ some) => (output += some.toString()));
  let peakKb = 0;
  let cpuSeconds = 0;
  const looking = setInterval(() => {
    peakKb = Math.max(peakKb, peakOf(run.pid ?? 0));
    cpuSeconds = Math.max(cpuSeconds, cpuOf(run.pid ?? 0));
  }, LOOK_MS);
  await once(run, 'close');
  clearInterval(looking);
  const seconds = (performance.now() - begun) / 1000;
  const { imported: told } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  if (told.notYet !== undefined) throw new Error(told.notYet);
  const { fresh, known, faults: bad } = told.taken;
  const used = { seconds: round(seconds), cpuSeconds: round(cpuSeconds), peakMb: round(peakKb / 1024) };
  return { ...used, fresh, known, bad, waiting: told.left.waiting };
}

/** CPU time of a process, user and system, in seconds (proc(5), stat). @param {number} pid */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** The most memory it has had, in kB (proc(5), VmHWM). @param {number} pid */
function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** @param {string} path @param {number} count @param {(no: number) => string} lineOf */
async function writeLines(path, count, lineOf) {
  const file = createWriteStream(path);
  file.write('Number;Date;Time;Depot;Event;Remark\n');
  for (let no = 0; no < count; no += 1) if (!file.write(`${lineOf(no)}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'close');
}

/** A scan of yesterday or before. @param {string} number @param {number} no @param {string} code */
function line(number, no, code) {
  const at = new Date(Date.now() - 2 * 86_400_000 + (no % 80_000) * 1000).toISOString();
  const date = `${at.slice(8, 10)}-${at.slice(5, 7)}-${at.slice(0, 4)}`;
  return `${number};${date};${at.slice(11, 19)};2650;${code};scan ${no}`;
}

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** @param {number} serial */
function s10(serial) {
  const digits = String(serial).padStart(8, '0');
  const sum = S10_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const check = 11 - (sum % 11);
  return `RR${digits}${check === 10 ? 0 : check === 11 ? 5 : check}DK`;
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
