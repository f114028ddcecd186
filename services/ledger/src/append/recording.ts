// One time of being the writer, from taking the role until it is lost or given back. Everybody who wants something
// written passes here, one after another.

import { Together, isPostgresFailure } from '@unbroken/platform';
import type { Arrival } from '../arrival.js';
import type { Judged } from './append-custody.js';
import { NotTheWriter } from './not-the-writer.js';
import { Recorder } from './recorder.js';
import type { RecorderPorts } from './recorder.js';
import { Turnstile } from './turnstile.js';
import type { HeldRole } from './writer-role.js';

export class Recording {
  /** Resolves when nothing can be written under this role any more. */
  readonly ended: Promise<void>;
  readonly #recorder: Recorder;
  readonly #turnstile = new Turnstile();
  readonly #together: Together<Judged>;
  #isEnded = false;
  #tellEnd: () => void = () => undefined;

  private constructor(recorder: Recorder) {
    this.#recorder = recorder;
    this.ended = new Promise((resolve) => (this.#tellEnd = resolve));
    this.#together = new Together((judged) => this.#turn(() => this.#recorder.record(judged)));
  }

  static async begin(ports: RecorderPorts, role: HeldRole): Promise<Recording> {
    const recorder = new Recorder(ports, role);
    await recorder.begin();
    return new Recording(recorder);
  }

  /**
   * Resolves when every token is durably recorded, parked or refused, or was before.
   * @throws NotTheWriter when the role is lost; nothing was written then
   */
  async take(arrivals: readonly Arrival[]): Promise<void> {
    // Beside the transactions of others: only what comes after it has to wait for them.
    const judged = await this.#recorder.verify(arrivals);
    await this.#together.do(judged);
  }

  /** Refuses what has waited too long for its key. */
  async refuseOverdue(): Promise<void> {
    for (const log of this.#recorder.written) {
      while (await this.#turn(() => this.#recorder.refuseOverdue(log)));
    }
  }

  /** Lets the batch in hand end and takes no more. */
  async end(): Promise<void> {
    this.#close();
    await this.#turnstile.empty();
  }

  #close(): void {
    this.#isEnded = true;
    this.#tellEnd();
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turnstile.pass(async () => {
      if (this.#isEnded) throw new NotTheWriter('this process is not the writer any more');
      try {
        return await work();
      } catch (error) {
        await this.#recover(error);
        throw error;
      }
    });
  }

  /** After an outage nobody knows what was committed: whoever is the writer next begins with what is there. */
  async #recover(error: unknown): Promise<void> {
    // Anything but an outage has rolled back, and the registry in memory may be ahead of its table.
    if (isPostgresFailure(error)) this.#close();
    else await this.#recorder.begin().catch(() => this.#close());
  }
}
