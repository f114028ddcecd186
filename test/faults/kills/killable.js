// A service as a process of its own that is killed with SIGKILL and started again at once, as often as one likes: whoever
// supervises in earnest waits longer each time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, oneService } from '@unbroken/local';
import { recordProcess } from '../../../deploy/local/supervise/run-records.js';

const LOOK_EVERY_MS = 10;
/** It records itself after Postgres and Kafka, so that it is ended before them. */
const ORDER = 10;

export class Killable {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #stopping = false;

  /** @param {import('../../bench/ground.js').Ground} house @param {string} service @param {string} name @param {number} port */
  constructor(house, service, name, port) {
    this.house = house;
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    /** @type {import('../../../deploy/local/supervise/supervised.js').Part} */
    this.part = oneService(house.settings, service, port);
  }

  /**
   * Started, and ready.
   * @param {import('../../bench/ground.js').Ground} house @param {string} service
   * @param {string} name where there are several of it
   */
  static async start(house, service, name = service) {
    const killable = new Killable(house, service, name, await freePort());
    killable.spawn();
    await killable.ready();
    return killable;
  }

  get pid() {
    return this.#child?.pid ?? 0;
  }

  spawn() {
    const { command, args, env } = this.part.launch();
    const child = spawn(command, args, { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    const log = join(this.house.state.log, `${this.name}.log`);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (said) => keep(log, said));
    this.#child = child;
    if (child.pid !== undefined)
      recordProcess(this.house.state.run, { name: this.name, pid: child.pid, order: ORDER, stopSignal: 'SIGTERM' });
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL' || this.#stopping) return;
      // Nobody asked it to end.
      this.ended = `${this.name} ended by itself: ${signal ?? `exit code ${code}`}`;
    });
  }

  /** Why it ended, when it did and was not killed. @type {string | undefined} */
  ended;

  async ready() {
    while (!(await this.part.ready().catch(() => false))) {
      if (this.ended !== undefined) throw new Error(this.ended);
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Resolves when its process is gone, at once when it is gone already. */
  async gone() {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await once(child, 'exit');
  }

  /** kill -9; gone when this resolves. */
  async kill() {
    const gone = this.gone();
    this.#child?.kill('SIGKILL');
    await gone;
  }

  /** Resolves when its process is stopped, by whatever signal. */
  async stopped() {
    for (let looks = 0; looks < 3; looks += 1) {
      while (!/\) [Tt] /.test(readFileSync(`/proc/${this.pid}/stat`, 'utf8'))) {
        looks = 0;
        await pause(LOOK_EVERY_MS);
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  /** @param {NodeJS.Signals} signal */
  signal(signal) {
    this.#child?.kill(signal);
  }

  async stop() {
    this.#stopping = true;
    const gone = this.gone();
    this.#child?.kill('SIGTERM');
    this.#child?.kill('SIGCONT');
    await gone;
  }
}

/** Where the disk is full, what was said is lost. @param {string} log @param {Buffer} said */
function keep(log, said) {
  try {
    appendFileSync(log, said);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOSPC') throw error;
  }
}
