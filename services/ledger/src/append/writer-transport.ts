// Only the writer takes tokens from the topics. A standby is not even in the consumer group: it would be given
// partitions that it cannot do anything with.

import { BatchTransport } from '@unbroken/platform';
import type { ReadinessCheck } from '@unbroken/platform';
import type { Duty } from './writer.js';

const nobody = (): void => undefined;

export class WriterTransport extends BatchTransport implements Duty {
  #isOpen = false;
  #isOnDuty = false;

  /** Nest has bound the handlers; the transport begins to consume once it is on duty. */
  override listen(callback: () => void): void {
    this.#isOpen = true;
    if (this.#isOnDuty) super.listen(nobody);
    callback();
  }

  override async close(): Promise<void> {
    this.#isOpen = false;
    await super.close();
  }

  start(): void {
    this.#isOnDuty = true;
    if (this.#isOpen) super.listen(nobody);
  }

  async stop(): Promise<void> {
    this.#isOnDuty = false;
    await super.close();
  }

  override get readiness(): ReadinessCheck {
    const joined = super.readiness;
    return {
      name: joined.name,
      check: () => (this.#isOnDuty ? joined.check() : Promise.resolve({ ok: true, why: 'not the writer' })),
    };
  }
}
