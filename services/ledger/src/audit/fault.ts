// What an audit can find, and how it names it: which table, which log, which index, which token, what it says and what
// it should say.

import type { TokenId } from '@unbroken/tokens';
import type { LogName } from '../logs.js';

export const faultCodes = [
  'entry.changed',
  'entry.missing',
  'entry.moved',
  'entry.doubled',
  'entry.beyond',
  'entry.false',
  'tile.changed',
  'tile.missing',
  'tile.beyond',
  'tree.changed',
  'log.rewritten',
  'checkpoint.changed',
  'key.changed',
  'cursor.ahead',
  'count.ahead',
  'count.behind',
  'parked.changed',
  'parked.decidable',
  'refused.changed',
  'refused.false',
  'topic.changed',
  'topic.missing',
  'topic.moved',
  'topic.beyond',
  'opening.changed',
  'opening.missing',
  'seal.changed',
  'openings.lost',
  'copy.differs',
  'bundle.false',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export interface Fault {
  readonly code: FaultCode;
  /** A table of the ledger's schema, a topic, or a file. */
  readonly where: string;
  readonly log: LogName;
  /** Where the log would have it; null for what is about the whole log. */
  readonly index: number | null;
  readonly tid: TokenId | null;
  /** One line each, without bytes of tokens. */
  readonly says: string;
  readonly should: string;
}

/** So many are named; the rest is counted. A database that was lost has as many faults as it had rows. */
export const MOST_NAMED = 1_000;

/** How many places of one kind there are. */
export interface FaultCount {
  readonly code: FaultCode;
  readonly log: LogName;
  readonly count: number;
}

export class Faults {
  readonly #named: Fault[] = [];
  readonly #kinds = new Map<string, FaultCount>();
  #count = 0;

  add(fault: Fault): void {
    const { code, log } = fault;
    this.#count += 1;
    const kind = `${log} ${code}`;
    this.#kinds.set(kind, { code, log, count: (this.#kinds.get(kind)?.count ?? 0) + 1 });
    if (this.#named.length < MOST_NAMED) this.#named.push(fault);
  }

  /** In the order in which they were found; those that are not named, too. */
  get kinds(): readonly FaultCount[] {
    return [...this.#kinds.values()];
  }

  get named(): readonly Fault[] {
    return this.#named;
  }

  /** Those that are not named, too. */
  get count(): number {
    return this.#count;
  }
}
