// The public keys of the hub's logs, as the ledger announces them on log.keys.v1: so that whoever says that a log has shown
// two histories is believed for its signatures, and no other service is asked.

import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { FollowReader } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import { TlogRefused, parseVkey } from '@unbroken/tlog';
import type { VerifierKey } from '@unbroken/tlog';
import type { Kafka } from 'kafkajs';
import { alertsLog } from '../alerts-log.js';

export class LogKeysHeard implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #keys = new Map<string, VerifierKey>();
  readonly #reader: FollowReader;

  constructor({ kafka, prefix }: { readonly kafka: Kafka; readonly prefix: string }) {
    this.#reader = new FollowReader({
      kafka,
      prefix,
      topic: 'log.keys.v1',
      onBatch: (messages) => messages.forEach((message) => this.#hear(message)),
    });
  }

  onApplicationBootstrap(): void {
    this.#reader.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#reader.stop();
  }

  /** Undefined for a log of another hub, and before this one's has announced its key. */
  of(origin: string): VerifierKey | undefined {
    return this.#keys.get(origin);
  }

  #hear({ key, value, offset }: RawMessage): void {
    try {
      if (key !== null && value !== null) this.#keys.set(key, parseVkey(value.toString()));
    } catch (error) {
      if (!(error instanceof TlogRefused)) throw error;
      alertsLog.error('log-key.unreadable', { offset });
    }
  }
}
