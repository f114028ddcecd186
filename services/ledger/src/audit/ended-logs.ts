// Logs that have ended because entries of them were lost (docs/protocol, section 6). No tree can be made over what is left;
// it has to be exactly what was left, or, since more was found, a part of what was signed. What is lost is named each time,
// and is no fault: it was said when the log ended.

import { leafHash, rangeHashes, sameHash } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource, EntityManager } from 'typeorm';
import { originOf } from '../logs.js';
import type { LogName } from '../logs.js';
import { keptEntries, lostEntries, toldRanges } from '../succeed/kept-entries.js';
import type { KeptSuccession } from '../succeed/successions.js';
import { TileLacks, storedNodes } from '../sign/stored-tree.js';
import { bytesOf, rowsAt, rowsBetween, rowsBeyond, told } from './audited-row.js';
import type { AuditedRow } from './audited-row.js';
import type { Fault, Faults } from './fault.js';
import { storedLeaves } from './tile-rows.js';
import type { Held } from './witness.js';

const AT_ONCE = 5_000;

interface Parts {
  readonly dataSource: DataSource;
  readonly manager: EntityManager;
  readonly successions: readonly KeptSuccession[];
  readonly deployment: string;
  readonly faults: Faults;
}

export interface EndedLog {
  readonly log: LogName;
  readonly origin: string;
  /** Signed entries, and how many of them are lost. */
  readonly signed: number;
  readonly lost: number;
  /** One sentence. */
  readonly said: string;
}

export class EndedLogs {
  readonly #parts: Parts;
  /** Places of lost entries that somebody holds. */
  readonly #heldLost = new Map<LogName, Set<number>>();
  #seen = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  has(log: LogName): boolean {
    return this.#parts.successions.some(({ ended }) => ended === log);
  }

  /** Entries that parties hold. */
  get seen(): number {
    return this.#seen;
  }

  /** Holds a few entries of one log, from copies or bundles, against the rows. */
  async hear(log: LogName, held: readonly Held[]): Promise<void> {
    this.#seen += held.length;
    const rows = await rowsAt(this.#parts.manager, log, [...new Set(held.map(({ index }) => index))]);
    const byIndex = new Map(rows.map((row) => [Number(row.index), row]));
    for (const { index, bytes, where, kind } of held) {
      const row = byIndex.get(index);
      if (row === undefined) this.#heldLost.set(log, (this.#heldLost.get(log) ?? new Set()).add(index));
      else if (bytesOf(row)?.equals(bytes) !== true) {
        const [code, at, says] =
          kind === 'bundle'
            ? (['entry.changed', 'entries', told(row)] as const)
            : (['copy.differs', where, 'another entry'] as const);
        this.#say(code, at, log, index, says, kind === 'bundle' ? `what the receipt in ${where} shows` : told(row));
      }
    }
  }

  async judge(): Promise<readonly EndedLog[]> {
    const judged: EndedLog[] = [];
    for (const one of this.#parts.successions) judged.push(await this.#judge(one));
    return judged;
  }

  async #judge({ ended: log, log: next, checkpoint, said }: KeptSuccession): Promise<EndedLog> {
    const { manager, deployment } = this.#parts;
    const { size } = checkpoint;
    for (const row of await rowsBeyond(manager, log, size, 100))
      this.#say('entry.beyond', 'entries', log, Number(row.index), told(row), 'no row: the log has ended before it');
    const { count, root } = await keptEntries(manager, log, size);
    const isAsLeft = root === said.kept.root;
    if (!isAsLeft && !(await this.#isPartOfSigned(log, checkpoint)))
      this.#say(
        'log.rewritten',
        'entries',
        log,
        null,
        `${count} entries of a log that has ended, with the hash ${root.slice(0, 16)}`,
        `the ${said.kept.count} with ${said.kept.root.slice(0, 16)} that were left when it ended (${said.at})`,
      );
    const lost = await lostEntries(manager, log, size);
    const lostCount = lost.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    const origin = originOf(log, deployment);
    const held = this.#heldLost.get(log)?.size ?? 0;
    const sentence =
      `${origin} has ended (${said.at}, “${said.reason}”) and ${originOf(next, deployment)} goes on: of its ${size} signed ` +
      (lostCount === 0 ? 'entries all are here again.' : `entries ${lostCount} are lost: ${toldRanges(lost)}.`) +
      (held === 0 ? '' : ` Parties hold ${held} of them here: the whole log could be put back if all were brought.`);
    return { log, origin, signed: size, lost: lostCount, said: sentence };
  }

  /** Since more of it was found: the tiles lead to the signed root, and every row is what they hash. */
  async #isPartOfSigned(log: LogName, { size, root }: KeptSuccession['checkpoint']): Promise<boolean> {
    const { manager, dataSource } = this.#parts;
    try {
      const [made] = await rangeHashes([{ from: 0, to: size }], storedNodes(dataSource, log, size), nodeSha256);
      if (made === undefined || !sameHash(made, root)) return false;
    } catch (error) {
      if (error instanceof TileLacks) return false;
      throw error;
    }
    for (let from = 0; from < size; from += AT_ONCE) {
      const window = { from, to: Math.min(size, from + AT_ONCE) };
      const leaves = await storedLeaves(manager, log, window);
      const isLeaf = (row: AuditedRow): boolean => {
        const [leaf, bytes] = [leaves[Number(row.index) - from], bytesOf(row)];
        return leaf !== undefined && bytes !== undefined && sameHash(leafHash(bytes, nodeSha256), leaf);
      };
      if (!(await rowsBetween(manager, log, window)).every(isLeaf)) return false;
    }
    return true;
  }

  #say(code: Fault['code'], where: string, log: LogName, index: number | null, says: string, should: string): void {
    this.#parts.faults.add({ code, where, log, index, tid: null, says, should });
  }
}
