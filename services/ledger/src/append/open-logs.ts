// The logs as their one writer has them open: it knows where they end and writes on from there.

import { arrayLiteral } from '@unbroken/platform';
import type { Clock, Outbox } from '@unbroken/platform';
import type { TokenId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import type { CustodyLog, LogName } from '../logs.js';
import type { PerLog } from '../per-log.js';
import { Batch } from './batch.js';
import type { Head } from './batch.js';
import { commitBatch } from './commit-batch.js';
import type { HeldRole } from './writer-role.js';

export interface LogPorts {
  readonly dataSource: DataSource;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

export class OpenLogs {
  readonly #ports: LogPorts;
  readonly #epoch: number;
  readonly #heads: PerLog<Head>;
  /** The custody log that is written. */
  readonly custody: CustodyLog;

  constructor(ports: LogPorts, { epoch, heads, custody }: Pick<HeldRole, 'epoch' | 'heads' | 'custody'>) {
    this.#ports = ports;
    this.#epoch = epoch;
    this.#heads = heads.copy();
    this.custody = custody;
  }

  size(log: LogName): number {
    return this.#heads.of(log).edge.size;
  }

  /**
   * Writes one batch: `fill` files tokens into it, which `tids` may be about. Not to be called again before it has
   * ended. When it rejects, nothing was written, or, where the connection broke, perhaps everything.
   */
  async append(
    log: LogName,
    { tids, registrySize }: { readonly tids: readonly TokenId[]; readonly registrySize: number | null },
    fill: (batch: Batch) => void,
  ): Promise<Batch> {
    const present = await this.#present(tids);
    const batch = new Batch(log, this.#heads.of(log), present, this.#ports.clock.now(), registrySize);
    fill(batch);
    this.#heads.set(log, await commitBatch(this.#ports, batch, this.#epoch));
    return batch;
  }

  /** There is no other writer, so what is not there now is not there at the commit. */
  async #present(tids: readonly TokenId[]): Promise<TokenId[]> {
    if (tids.length === 0) return [];
    const rows = await this.#ports.dataSource.query<
      {
        tid: TokenId;
      }[]
    >('SELECT tid FROM entries WHERE tid = ANY($1::text[])', [arrayLiteral(tids)]);
    return rows.map(({ tid }) => tid);
  }
}
