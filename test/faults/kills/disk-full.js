// The disk is full for a while, for everything at once: Kafka, Postgres with its write-ahead log, the ledger's checkpoints.
// Then there is room again, and nobody touches anything else. The disk is a tmpfs in a mount namespace of its own, which no
// other process sees and which ends with this one; it takes root.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultState } from '@unbroken/local';
import { scene } from './scene.js';

const DISK_MB = 1_200;
const PORTION = 1_000;
const INSIDE = 'FAULTS_DISK';

/** @param {{ seconds?: string, data?: string }} options */
export async function run({ seconds = '20', data = join(defaultState, 'bench') }) {
  if (process.env[INSIDE] === undefined) return withDisk(data);
  return scene({ tokens: 4 * PORTION, data }, async ({ house, load, courier, ledger }) => {
    load.leave(PORTION);
    while (load.accepted < PORTION) await pause(10);
    const free = fill(house.state.root);
    load.leave(2 * PORTION);
    await pause(Number(seconds) * 1000);
    const acceptedMeanwhile = load.accepted - PORTION;
    free();
    const began = performance.now();
    load.leave(3 * PORTION);
    await Promise.all([courier.ready(), ledger.ready()]);
    while (load.accepted < 3 * PORTION) await pause(10);
    const acceptedAllAfterMs = Math.round(performance.now() - began);
    for (const { ended } of [courier, ledger]) if (ended !== undefined) throw new Error(ended);
    console.log(
      `full for ${seconds} s: ${acceptedMeanwhile} tokens accepted meanwhile, all ${acceptedAllAfterMs} ms after`,
    );
    return { fullSeconds: Number(seconds), acceptedMeanwhile, acceptedAllAfterMs };
  });
}

/** The same program again, with the disk. @param {string} data @returns {Promise<{ faults: string[] }>} */
async function withDisk(data) {
  const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0;
  if (!mayMount) {
    console.error('NOT CHECKED: a full disk, for nobody but root may mount one: run it as root.');
    return { faults: [] };
  }
  mkdirSync(data, { recursive: true });
  const mount = `mount -t tmpfs -o size=${DISK_MB}m,mode=755 unbroken-faults "$0" && exec "$@"`;
  const args = ['--mount', 'sh', '-c', mount, data, process.execPath, ...process.argv.slice(1)];
  const child = spawn('unshare', args, { stdio: 'inherit', env: { ...process.env, [INSIDE]: '1' } });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  // It has said all there is to say.
  process.exit(code ?? 1);
}

/** Takes all the room there is, again and again. @param {string} folder @returns {() => void} gives it back */
function fill(folder) {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(65_536, 1);
  const again = setInterval(takeRest, 20);
  takeRest();
  return () => {
    clearInterval(again);
    closeSync(file);
    rmSync(path);
  };

  function takeRest() {
    try {
      while (statfsSync(folder).bavail > 0) writeSync(file, block);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOSPC') throw error;
    }
  }
}
