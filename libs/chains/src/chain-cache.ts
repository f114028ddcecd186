// Chains that were folded lately, so that the next token of a parcel that is on its way needs no read. Whatever is in
// here may be out of date, for another process may fold the same chain after a rebalance: whoever writes from it says
// what it was made of, and finds out.

import type { ShipmentId } from '@unbroken/tokens';
import type { StoredChain } from './fold-batch.js';

/** About 3 kB each. More would make little difference: what is forgotten is read back as it stands (set-aside.ts). */
const MOST = 10_000;

export class ChainCache {
  readonly #chains = new Map<ShipmentId, StoredChain>();
  /** Which chains are here, each once, at any place. */
  readonly #places: ShipmentId[] = [];

  constructor(private readonly most = MOST) {}

  /** Those of these chains that are here. */
  of(subs: readonly ShipmentId[]): Map<ShipmentId, StoredChain> {
    const found = new Map<ShipmentId, StoredChain>();
    for (const sub of subs) {
      const chain = this.#chains.get(sub);
      if (chain !== undefined) found.set(sub, chain);
    }
    return found;
  }

  /**
   * Only what is committed. For a new one any other is forgotten, not the oldest: where more parcels than there is room
   * for take turns, the oldest is the one whose turn comes next.
   */
  remember(sub: ShipmentId, chain: StoredChain): void {
    if (!this.#chains.has(sub)) this.#makePlace(sub);
    this.#chains.set(sub, chain);
  }

  /** What is out of date. */
  forget(subs: readonly ShipmentId[]): void {
    const gone = new Set(subs.filter((sub) => this.#chains.delete(sub)));
    if (gone.size === 0) return;
    const kept = this.#places.filter((sub) => !gone.has(sub));
    this.#places.splice(0, this.#places.length, ...kept);
  }

  #makePlace(sub: ShipmentId): void {
    if (this.#places.length < this.most) {
      this.#places.push(sub);
      return;
    }
    const place = Math.floor(Math.random() * this.#places.length);
    const forgotten = this.#places[place];
    if (forgotten !== undefined) this.#chains.delete(forgotten);
    this.#places[place] = sub;
  }
}
