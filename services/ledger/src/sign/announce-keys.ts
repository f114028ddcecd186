// Tells the rest of the hub the public keys of the logs, on log.keys.v1: a key never changes, so saying it again is harmless.

import { Repeated } from '@unbroken/platform';
import type { RawProducer } from '@unbroken/platform';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import { allOf, originOf } from '../logs.js';
import type { LogKeys } from './log-keys.js';

const AGAIN_MS = 3_600_000;

export class AnnounceKeys implements Duty {
  #announcing: Repeated | undefined;

  constructor(
    private readonly producer: Pick<RawProducer, 'send'>,
    private readonly keys: LogKeys,
  ) {}

  start(): void {
    this.#announcing = new Repeated({
      doSome: async () => {
        await this.#announce();
        return false;
      },
      failed: (error, attempt) => log.warn('keys.not-announced', { attempt }, error),
      pollMs: AGAIN_MS,
    });
    this.#announcing.start();
  }

  async stop(): Promise<void> {
    await this.#announcing?.stop();
  }

  async #announce(): Promise<void> {
    const said = allOf(await this.keys.successions.logs()).map(async (name) => ({
      key: originOf(name, this.keys.deployment),
      value: (await this.keys.of(name)).vkey,
    }));
    await this.producer.send('log.keys.v1', await Promise.all(said));
  }
}
