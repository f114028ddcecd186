// The chains that were folded last, so that the next token of a parcel that is on its way needs no read. Whatever is in
// here may be out of date, for another process may fold the same chain after a rebalance: whoever writes from it says
// what it was made of, and finds out.

import type { ShipmentId } from '@unbroken/tokens';
import type { StoredChain } from './fold-batch.js';

/** About 3 kB each. */
const MOST = 20_000;

export class ChainCache {
  readonly #chains = new Map<ShipmentId, StoredChain>();

  /** Those of these chains that are here. */
  of(subs: readonly ShipmentId[]): Map<ShipmentId, StoredChain> {
    const found = new Map<ShipmentId, StoredChain>();
    for (const sub of subs) {
      const chain = this.#chains.get(sub);
      if (chain !== undefined) found.set(sub, chain);
    }
    return found;
  }

  /** Only what is committed; the least lately remembered are forgotten first. */
  remember(sub: ShipmentId, chain: StoredChain): void {
    this.#chains.delete(sub);
    this.#chains.set(sub, chain);
    if (this.#chains.size <= MOST) return;
    const [oldest] = this.#chains.keys();
    if (oldest !== undefined) this.#chains.delete(oldest);
  }

  forget(subs: readonly ShipmentId[]): void {
    for (const sub of subs) this.#chains.delete(sub);
  }
}
