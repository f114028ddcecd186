// The tokens this device has posted, in IndexedDB, each with the hub's promise or its receipt.

import { parseStatement } from '@unbroken/manifests';
import type { KeptToken, TokenKeeper } from '../promises/kept-token.js';
import { DURABLE } from './device-database.js';
import type { DeviceDatabase } from './device-database.js';

export class IndexedKeptTokens implements TokenKeeper {
  constructor(private readonly database: DeviceDatabase) {}

  /** A crash leaves what was kept of it before. A promise never takes a receipt's place. */
  async keep(kept: KeptToken): Promise<void> {
    const { tid } = parseStatement(kept.token);
    const tx = this.database.transaction('tokens', 'readwrite', DURABLE);
    const before = await tx.store.get(tid);
    if (kept.receipt !== undefined || before?.receipt === undefined) await tx.store.put({ ...kept, tid });
    await tx.done;
  }

  /** What is kept of the token with this id. */
  of(tid: string): Promise<KeptToken | undefined> {
    return this.database.get('tokens', tid);
  }
}
