// Chains as text in one block of memory, which is nothing to the garbage collector, for the price of writing and reading
// them. Those that came in first make room for what comes in last.

import { summaryOf } from '@unbroken/custody';
import type { ChainSummary } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';
import type { StoredChain } from './fold-batch.js';

/** Where a chain's text is: from `at` to before `end`. */
type Place = Omit<StoredChain, 'state'> & { readonly at: number; readonly end: number };

export class PackedChains {
  /** Taken when the first chain comes in, and whole: a process that will need it has it before it has run for weeks. */
  #block: Buffer | undefined;
  /** Where the next one goes. */
  #at = 0;
  /** In the order in which they came, which is that of their places, from `#at` on and then from the start. */
  readonly #places = new Map<ShipmentId, Place>();
  #isFull = false;

  /** `size` in bytes; a chain that is handed on a few times takes about 2 kB. */
  constructor(private readonly size: number) {}

  /** Whether there was one that found no room, or had to make it. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** One that is not here. One that is larger than all room there is, is not kept. */
  keep(sub: ShipmentId, { state, lastIndex, parts }: StoredChain): void {
    const text = JSON.stringify(state);
    const length = Buffer.byteLength(text);
    if (length > this.size) {
      this.#isFull = true;
      return;
    }
    if (this.#at + length > this.size) {
      this.#makeRoom(this.#at, this.size);
      this.#at = 0;
    }
    const [at, end] = [this.#at, this.#at + length];
    this.#makeRoom(at, end);
    this.#block ??= Buffer.allocUnsafeSlow(this.size).fill(0);
    this.#block.write(text, at);
    this.#places.set(sub, { lastIndex, parts, at, end });
    this.#at = end;
  }

  get(sub: ShipmentId): StoredChain | undefined {
    const place = this.#places.get(sub);
    if (place === undefined || this.#block === undefined) return undefined;
    const { lastIndex, parts, at, end } = place;
    // In the shape of all others.
    const state = summaryOf(JSON.parse(this.#block.toString('utf8', at, end)) as ChainSummary);
    return { state, lastIndex, parts };
  }

  forget(sub: ShipmentId): void {
    this.#places.delete(sub);
  }

  /** Whatever begins between the two is the oldest there is. */
  #makeRoom(from: number, to: number): void {
    for (const [sub, { at, end }] of this.#places) {
      if (end <= from || at >= to) return;
      this.#places.delete(sub);
      this.#isFull = true;
    }
  }
}
