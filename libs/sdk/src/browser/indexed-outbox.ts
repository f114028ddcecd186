// The outbox in IndexedDB: its own counter is the order, and the bytes are there once.

import type { Hash } from '@unbroken/tokens';
import { outboxToken, sumOf } from '../outbox/outbox-token.js';
import type { OutboxStore, OutboxToken } from '../outbox/outbox-token.js';
import { DURABLE } from './device-database.js';
import type { DeviceDatabase } from './device-database.js';

export class IndexedOutbox implements OutboxStore {
  constructor(private readonly database: DeviceDatabase) {}

  /** A crash before the transaction is done: the token was never kept, and nobody was told that it is. After it: it is. */
  async add(token: OutboxToken): Promise<void> {
    const sum = sumOf(token);
    const tx = this.database.transaction('outbox', 'readwrite', DURABLE);
    if ((await tx.store.index('sum').getKey(sum)) === undefined) await tx.store.add({ ...token, sum });
    await tx.done;
  }

  async list(): Promise<readonly OutboxToken[]> {
    return (await this.database.getAll('outbox')).map(({ sum: _, ...token }) => outboxToken.parse(token));
  }

  /** A crash leaves what was known before: the hub is asked again, and says the same. */
  async replace(token: OutboxToken): Promise<void> {
    const sum = sumOf(token);
    const tx = this.database.transaction('outbox', 'readwrite', DURABLE);
    const key = await tx.store.index('sum').getKey(sum);
    if (key !== undefined) await tx.store.put({ ...token, sum }, key);
    await tx.done;
  }

  /** A crash before it: the token is settled once more, which changes nothing. */
  async remove(sum: Hash): Promise<void> {
    const tx = this.database.transaction('outbox', 'readwrite', DURABLE);
    const key = await tx.store.index('sum').getKey(sum);
    if (key !== undefined) await tx.store.delete(key);
    await tx.done;
  }
}
