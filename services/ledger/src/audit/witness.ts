// What others hold of a log: a topic, a party's own copy, an evidence bundle. Each is held against the rows as it is read,
// a few at a time; only where it says something else is it remembered.

import { leafHash } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { bytesOf, rowsAt } from './audited-row.js';
import type { AuditedRow } from './audited-row.js';
import { MOST_NAMED } from './fault.js';
import type { Faults } from './fault.js';

/** An entry as somebody holds it. */
export interface Held {
  readonly log: LogName;
  readonly index: number;
  readonly bytes: Buffer;
  /** The topic and offset, or the file and line. */
  readonly where: string;
  readonly kind: 'topic' | 'copy' | 'bundle';
  /** As the topic has them, where it has them; undefined: this kind does not tell. */
  readonly beside?: {
    readonly key: string | null;
    readonly receivedAt: string | undefined;
    readonly deviceClock: string | undefined;
  };
}

/** Somebody holds something else than the row, or the row is one of those that are in doubt. */
export interface Testimony extends Held {
  readonly hash: Buffer;
  readonly row: AuditedRow | undefined;
}

interface Parts {
  readonly manager: EntityManager;
  /** Whether the entry and its tile differ there. */
  readonly inDoubt: (log: LogName, index: number) => boolean;
  readonly faults: Faults;
}

export class Testimonies {
  readonly #parts: Parts;
  readonly #kept: Testimony[] = [];
  #seen = 0;
  /** Those that were not kept, too. */
  #against = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is held by others and is not as the row, or is where the row is in doubt. */
  get kept(): readonly Testimony[] {
    return this.#kept;
  }

  get seen(): number {
    return this.#seen;
  }

  get against(): number {
    return this.#against;
  }

  /** Holds a few entries of one log against the rows. */
  async hear(log: LogName, held: readonly Held[]): Promise<void> {
    if (held.length === 0) return;
    this.#seen += held.length;
    const rows = await rowsAt(this.#parts.manager, log, [...new Set(held.map(({ index }) => index))]);
    const byIndex = new Map(rows.map((row) => [Number(row.index), row]));
    for (const one of held) this.#weigh(one, byIndex.get(one.index));
  }

  #weigh(held: Held, row: AuditedRow | undefined): void {
    const differs = row === undefined || bytesOf(row)?.equals(held.bytes) !== true;
    if (differs || this.#parts.inDoubt(held.log, held.index)) {
      if (differs) this.#against += 1;
      if (this.#kept.length < MOST_NAMED * 4)
        this.#kept.push({ ...held, row, hash: Buffer.from(leafHash(held.bytes, nodeSha256)) });
      return;
    }
    this.#weighBeside(held, row);
  }

  /** What stands beside an entry is in no hash: the topic alone can tell that a row was changed there. */
  #weighBeside({ beside, where, log, index }: Held, row: AuditedRow): void {
    if (beside === undefined) return;
    const columns = [
      ['sub', row.sub, beside.key ?? undefined],
      ['received_at', row.received_at?.toISOString(), beside.receivedAt],
      ['device_clock', row.device_clock?.toISOString(), beside.deviceClock],
    ] as const;
    for (const [column, says, should] of columns) {
      if (says === should) continue;
      const of = { where: 'entries', log, index, tid: row.tid };
      this.#parts.faults.add({
        code: 'entry.changed',
        ...of,
        says: `${column} ${says ?? 'nothing'}`,
        should: `${column} ${should ?? 'nothing'}, as ${where} has it`,
      });
    }
  }
}
