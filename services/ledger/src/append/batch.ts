// What one transaction will write: the tokens of a batch sorted into entries, parked, refused and nothing. Pure: it
// numbers what is new, densely, and is the only place that does.

import { encodeEntry } from '@unbroken/contracts';
import type { TokenId } from '@unbroken/tokens';
import type { RightEdge } from '@unbroken/tlog';
import type { Arrival } from '../arrival.js';
import type { LogName } from '../logs.js';
import type { Judgement, Malformed, Reading, Refused, Sound, UnknownKey } from '../verify/verdict.js';

/** The end of a log: what the next entry follows. */
export interface Head {
  /** Of the tree over its entries; its size is theirs. */
  readonly edge: RightEdge;
  /** Milliseconds since the epoch. */
  readonly lastRecordedAt: number;
}

/** A token that has waited; decided, it waits no longer. */
export interface ParkedArrival extends Arrival {
  /** SHA-256 of its bytes. */
  readonly parked: Buffer;
  readonly reading: Reading;
}

export interface NewEntry {
  readonly index: number;
  readonly arrival: Arrival;
  readonly judgement: Sound | Malformed;
  /** The entry as it is hashed and published (docs/protocol, section 6). */
  readonly bytes: Buffer;
}

const NOTHING = Buffer.alloc(0);

export class Batch {
  readonly entries: NewEntry[] = [];
  readonly toPark: { readonly arrival: Arrival; readonly judgement: UnknownKey }[] = [];
  readonly toRefuse: { readonly arrival: Arrival; readonly judgement: Refused }[] = [];
  /** Hashes of parked tokens that are decided now. */
  readonly settled: Buffer[] = [];
  /** When all of it is recorded: never before what the log holds already, whatever the clock does. */
  readonly recordedAt: number;
  readonly #recorded: Set<TokenId>;
  /** What comes before the token in an entry of `#firstSize`: in the custody log the same for the whole batch. */
  #first = NOTHING;
  #firstSize: number | undefined;

  /** `present`: those of the batch's token ids that the log holds already. */
  constructor(
    readonly log: LogName,
    readonly head: Head,
    present: Iterable<TokenId>,
    readonly now: number,
    /** How many entries of the registry log count for these; null in the registry log: each entry's own index. */
    readonly registrySize: number | null,
  ) {
    this.#recorded = new Set(present);
    this.recordedAt = Math.max(head.lastRecordedAt, now);
  }

  /** Files one token; answers its entry when it is new to the log. The first bytes of a token id win. */
  add(arrival: Arrival | ParkedArrival, judgement: Judgement): NewEntry | undefined {
    if (judgement.is === 'unknown-key') {
      if (!('parked' in arrival)) this.toPark.push({ arrival, judgement });
      return undefined;
    }
    if ('parked' in arrival) this.settled.push(arrival.parked);
    if (judgement.is === 'refused') {
      this.toRefuse.push({ arrival, judgement });
      return undefined;
    }
    if (this.holds(judgement.tid)) return undefined;
    this.#recorded.add(judgement.tid);
    const index = this.head.edge.size + this.entries.length;
    const entry = { index, arrival, judgement, bytes: this.#bytesOf(index, arrival, judgement) };
    this.entries.push(entry);
    return entry;
  }

  #bytesOf(index: number, arrival: Arrival, judgement: Sound | Malformed): Buffer {
    const { recordedAt } = this;
    const registrySize = this.registrySize ?? index;
    if (judgement.is === 'malformed') {
      const text = encodeEntry({ kind: 'malformed', recordedAt, registrySize, ...malformedIn(judgement) });
      return Buffer.from(text, 'latin1');
    }
    if (this.#firstSize !== registrySize) {
      this.#first = Buffer.from(encodeEntry({ kind: 'token', recordedAt, registrySize, token: '' }), 'latin1');
      this.#firstSize = registrySize;
    }
    // The token's own bytes, which as text would be copied three times on the way.
    return Buffer.concat([this.#first, arrival.bytes]);
  }

  /** Whether the token is in the log, or will be with this batch. */
  holds(tid: TokenId): boolean {
    return this.#recorded.has(tid);
  }

  /** When the log's newest entry was recorded, once this batch is written; milliseconds since the epoch. */
  get lastRecordedAt(): number {
    return this.entries.length === 0 ? this.head.lastRecordedAt : this.recordedAt;
  }

  get isEmpty(): boolean {
    const { entries, toPark, toRefuse, settled } = this;
    return entries.length + toPark.length + toRefuse.length + settled.length === 0;
  }
}

const malformedIn = ({ tid, kid, reason }: Malformed) => ({ tid, kid, reason });
