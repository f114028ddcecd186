// One started process that comes back when it dies: same command, same ports, same data, a little later each time it
// dies soon again.
import { spawn } from 'node:child_process';

import { SetUpError } from '../set-up/set-up-error.js';
import { logFile, logTail, withLog } from './log-file.js';
import { forgetProcess, recordProcess } from './run-records.js';
import { until } from './wait.js';

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
/** Who lived this long starts again at once when it dies. */
const STABLE_AFTER_MS = 10_000;
const TRIES_AT_START = 5;
const ASK_EVERY_MS = 100;

/**
 * @typedef {object} Launch
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env all of its environment
 * @property {number} [uid]
 * @property {number} [gid]
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {() => Launch} launch asked at each start
 * @property {() => Promise<boolean>} ready whether it answers; errors count as no
 * @property {number} readyWithinMs
 * @property {NodeJS.Signals} stopSignal asks it to end
 * @property {number} stopWithinMs after this it is killed
 * @property {number[]} [hopelessExitCodes] at start, no use to try again
 * @property {() => Promise<string | undefined>} [evicted] asked when it ended at start: the sentence to tell when another
 *   program has its address
 *
 * @typedef {{ kind: 'ended', name: string, how: string, againInMs: number, log: string }
 *   | { kind: 'back', name: string, afterMs: number }} PartEvent
 *
 * @typedef {object} Place
 * @property {string} runFolder where its process is recorded
 * @property {string} logFolder
 * @property {number} order of starting
 * @property {(event: PartEvent) => void} tell
 */

export class Supervised {
  #part;
  #place;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {Promise<void>} */
  #gone = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  #backoffMs = FIRST_BACKOFF_MS;
  #stopping = false;
  #exits = 0;
  /** @type {number | null} */
  #lastExitCode = null;
  /** @type {string | undefined} */
  #evicted;

  /** @param {Part} part @param {Place} place */
  constructor(part, place) {
    this.#part = part;
    this.#place = place;
  }

  /**
   * Starts it and waits until it answers. From then on it is restarted whenever it ends.
   * @throws {SetUpError} part.not-ready, with the end of its log, or port.taken; it is stopped then
   */
  async start() {
    const { name, readyWithinMs, ready, hopelessExitCodes = [] } = this.#part;
    this.#spawn();
    const hopeless = () =>
      this.#stopping ||
      this.#evicted !== undefined ||
      this.#exits >= TRIES_AT_START ||
      hopelessExitCodes.includes(this.#lastExitCode ?? 0);
    const settled = await until(async () => (hopeless() ? 'hopeless' : (await ready()) && 'ready'), {
      withinMs: readyWithinMs,
      everyMs: ASK_EVERY_MS,
    });
    if (settled === 'ready') return;
    await this.stop();
    if (this.#evicted !== undefined) throw new SetUpError('port.taken', this.#evicted);
    const waited = settled === 'hopeless' ? 'ended' : `did not answer within ${readyWithinMs / 1000} s`;
    const { logFolder } = this.#place;
    throw new SetUpError(
      'part.not-ready',
      `${name} ${waited}. The end of ${logFile(logFolder, name)}:\n${logTail(logFolder, name)}`,
    );
  }

  /** Ends it for good; asks first, kills after the part's time. Can be called in any state. */
  async stop() {
    this.#stopping = true;
    clearTimeout(this.#again);
    const child = this.#child;
    if (child !== undefined) {
      child.kill(this.#part.stopSignal);
      child.kill('SIGCONT');
      const killer = setTimeout(() => child.kill('SIGKILL'), this.#part.stopWithinMs);
      await this.#gone;
      clearTimeout(killer);
    }
    forgetProcess(this.#place.runFolder, this.#part.name);
  }

  #spawn() {
    const { name, launch, stopSignal } = this.#part;
    const { runFolder, logFolder, order } = this.#place;
    const { command, args, ...options } = launch();
    // Its own session: Ctrl-C in a terminal then reaches only us, and we stop all in the right order.
    const child = withLog(logFolder, name, (log) =>
      spawn(command, args, { ...options, cwd: '/', stdio: ['ignore', log, log], detached: true }),
    );
    const began = performance.now();
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      const ended = (/** @type {number | null} */ code, /** @type {string} */ how) => {
        this.#child = undefined;
        this.#lastExitCode = code;
        this.#exits += 1;
        resolve();
        if (!this.#stopping) this.#startAgain(how, performance.now() - began);
      };
      child.once('error', (error) => child.pid === undefined && ended(null, error.message));
      child.once('exit', (code, signal) => ended(code, signal ?? `exit code ${code}`));
    });
    if (child.pid !== undefined) recordProcess(runFolder, { name, pid: child.pid, order, stopSignal });
  }

  /**
   * As `spawn`, when nobody is there to hear of a failure, of a full disk as a rule: tried again like any other end. Whom
   * we could not write down does not stay, for after us nobody would end it.
   */
  #spawned() {
    try {
      this.#spawn();
      return true;
    } catch (error) {
      if (this.#child === undefined) this.#startAgain(/** @type {Error} */ (error).message, 0);
      else this.#child.kill('SIGKILL');
      return false;
    }
  }

  /** @param {string} how it ended @param {number} livedMs */
  #startAgain(how, livedMs) {
    const { name, ready, readyWithinMs, evicted } = this.#part;
    const { tell, logFolder } = this.#place;
    // Nothing of ours listens before the next try, so who does is another.
    void evicted?.().then((sentence) => (this.#evicted = sentence));
    const diedAt = performance.now();
    if (livedMs >= STABLE_AFTER_MS) this.#backoffMs = FIRST_BACKOFF_MS;
    const againInMs = this.#backoffMs;
    this.#backoffMs = Math.min(this.#backoffMs * 2, LONGEST_BACKOFF_MS);
    tell({ kind: 'ended', name, how, againInMs, log: logFile(logFolder, name) });
    this.#again = setTimeout(() => {
      if (!this.#spawned()) return;
      const respawned = this.#child;
      const stillIt = () => this.#child === respawned && !this.#stopping;
      void until(async () => !stillIt() || (await ready()), { withinMs: readyWithinMs, everyMs: ASK_EVERY_MS }).then(
        (answered) => {
          if (answered && stillIt()) tell({ kind: 'back', name, afterMs: performance.now() - diedAt });
        },
      );
    }, againInMs);
  }
}
