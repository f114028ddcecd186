// Becomes the writer, stays it for as long as it can, and tries again: after an outage, and as a standby while another
// ledger writes. Whatever only the writer does begins and ends here.

import { Sleeper, backoffMs } from '@unbroken/platform';
import type { ReadinessCheck } from '@unbroken/platform';
import type { Arrival } from '../arrival.js';
import { log } from '../log.js';
import { LogRewritten } from '../sign/log-rewritten.js';
import { NotTheWriter } from './not-the-writer.js';
import type { RecorderPorts } from './recorder.js';
import { Recording } from './recording.js';
import { takeWriterRole } from './writer-role.js';
import type { HeldRole } from './writer-role.js';

/** How soon a standby notices that the role is free. */
const LOOK_AGAIN_MS = 500;

/** Something that goes on for as long as this process is the writer. */
export interface Duty {
  /** Returns at once. */
  start(): void;
  /** Resolves when it has ended; it may be started again later. */
  stop(): Promise<void>;
}

export type WriterState = 'starting' | 'standby' | 'writing' | 'stopped';

export class Writer {
  readonly #ports: RecorderPorts;
  readonly #sleeper = new Sleeper();
  readonly #duties: Duty[] = [];
  #recording: Recording | undefined;
  #state: WriterState = 'starting';
  #running: Promise<void> | undefined;
  /** Why it is not the writer yet, after it has tried. */
  #failure: string | undefined;

  constructor(ports: RecorderPorts) {
    this.#ports = ports;
  }

  get state(): WriterState {
    return this.#state;
  }

  /** To be called before `start`. */
  addDuty(duty: Duty): void {
    this.#duties.push(duty);
  }

  /** Returns at once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the batch in hand and gives the role back. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#sleeper.wake();
    await this.#recording?.end();
    await this.#running;
  }

  /**
   * Resolves when every token is durably recorded, parked or refused, or was before.
   * @throws NotTheWriter while this process is not the writer
   */
  async take(arrivals: readonly Arrival[]): Promise<void> {
    if (this.#recording === undefined) throw new NotTheWriter('this process is not the writer');
    await this.#recording.take(arrivals);
  }

  /** Ends the role: what is stored is not what was signed. The next attempt to take it says what is wrong. */
  endRole(): void {
    void this.#recording?.end();
  }

  async refuseOverdue(): Promise<void> {
    await this.#recording?.refuseOverdue();
  }

  /** Ready when it writes, or stands by for another that does. */
  get readiness(): ReadinessCheck {
    return {
      name: 'ledger writer',
      check: () => Promise.resolve(this.#standing()),
    };
  }

  #standing(): Awaited<ReturnType<ReadinessCheck['check']>> {
    if (this.#state === 'writing') return { ok: true };
    if (this.#state === 'standby') return { ok: true, why: 'stands by' };
    return { ok: false, why: this.#failure ?? 'reads the registry log' };
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (this.#goesOn()) {
      try {
        const role = await takeWriterRole(this.#ports.dataSource, this.#ports.deployment, this.#ports.logs);
        if (role === undefined) await this.#standBy();
        else await this.#write(role);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#failed(error, failures);
        await this.#sleeper.sleep(backoffMs(failures));
      }
    }
  }

  /** Tried again and again: the right database may be put back while this process runs. */
  #failed(error: unknown, attempt: number): void {
    const why = error instanceof Error ? error.message : String(error);
    // It had the role and could not use it: whoever it stood by for is gone, and readiness tells why.
    if (this.#state === 'standby') this.#state = 'starting';
    if (!(error instanceof LogRewritten)) log.warn('writer.failed', { attempt }, error);
    else if (this.#failure !== why) log.error('writer.refused', { why });
    this.#failure = why;
  }

  async #standBy(): Promise<void> {
    if (this.#state === 'starting') {
      this.#state = 'standby';
      log.info('writer.standby', {});
    }
    await this.#sleeper.sleep(LOOK_AGAIN_MS);
  }

  async #write(role: HeldRole): Promise<void> {
    try {
      await this.#ports.mayWrite(role.heads);
      const recording = await Recording.begin(this.#ports, role);
      if (!this.#goesOn()) return;
      await this.#keepWriting(recording, role);
    } finally {
      await role.release();
    }
  }

  async #keepWriting(recording: Recording, { epoch, heads, custody, lost }: HeldRole): Promise<void> {
    this.#recording = recording;
    this.#state = 'writing';
    this.#failure = undefined;
    const sizes = { registry: heads.of('registry').edge.size, custody: heads.of(custody).edge.size };
    log.info('writer.began', { epoch, ...sizes });
    for (const duty of this.#duties) duty.start();
    await Promise.race([lost, recording.ended]);
    this.#recording = undefined;
    if (this.#goesOn()) this.#state = 'starting';
    await recording.end();
    await Promise.all(this.#duties.map((duty) => duty.stop()));
    log.info('writer.ended', { epoch });
  }

  /** Asked anew after each wait: `stop` may have been called meanwhile. */
  #goesOn(): boolean {
    return this.#state !== 'stopped';
  }
}
