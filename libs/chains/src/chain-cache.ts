// Chains that were folded lately, so that the next token of a parcel that is on its way needs no read. Whatever is in
// here may be out of date, for another process may fold the same chain after a rebalance: whoever writes from it says
// what it was made of, and finds out.

import type { ShipmentId } from '@unbroken/tokens';
import type { StoredChain } from './fold-batch.js';
import { PackedChains } from './packed-chains.js';

/** About 3 kB each, and more work for the garbage collector the more there are. */
const MOST = 10_000;

/** For those that have to make room: some 60,000. Whatever makes room there is read back as it stands (set-aside.ts). */
const PACKED_BYTES = 128 * 1024 * 1024;

export interface Room {
  /** So many chains as they are used. */
  readonly chains?: number;
  /** And so many bytes for others, packed. */
  readonly packedBytes?: number;
}

export class ChainCache {
  readonly #chains = new Map<ShipmentId, StoredChain>();
  /** Which chains are here, each once, at any place. */
  readonly #places: ShipmentId[] = [];

  readonly #most: number;
  readonly #packed: PackedChains;

  constructor({ chains = MOST, packedBytes = PACKED_BYTES }: Room = {}) {
    this.#most = chains;
    this.#packed = new PackedChains(packedBytes);
  }

  /** Whether chains had to be forgotten for want of room. */
  get isFull(): boolean {
    return this.#packed.isFull;
  }

  /** Those of these chains that are here. */
  of(subs: readonly ShipmentId[]): Map<ShipmentId, StoredChain> {
    const found = new Map<ShipmentId, StoredChain>();
    for (const sub of subs) {
      const chain = this.#chains.get(sub) ?? this.#packed.get(sub);
      if (chain !== undefined) found.set(sub, chain);
    }
    return found;
  }

  /**
   * Only what is committed. For a new one any other is packed, not the oldest: where more parcels than there is room for
   * take turns, the oldest is the one whose turn comes next.
   */
  remember(sub: ShipmentId, chain: StoredChain): void {
    if (!this.#chains.has(sub)) {
      this.#packed.forget(sub);
      this.#makePlace(sub);
    }
    this.#chains.set(sub, chain);
  }

  /** What is out of date. */
  forget(subs: readonly ShipmentId[]): void {
    for (const sub of subs) this.#packed.forget(sub);
    const gone = new Set(subs.filter((sub) => this.#chains.delete(sub)));
    if (gone.size === 0) return;
    const kept = this.#places.filter((sub) => !gone.has(sub));
    this.#places.splice(0, this.#places.length, ...kept);
  }

  #makePlace(sub: ShipmentId): void {
    if (this.#places.length < this.#most) {
      this.#places.push(sub);
      return;
    }
    const place = Math.floor(Math.random() * this.#places.length);
    const packed = this.#places[place];
    const chain = packed && this.#chains.get(packed);
    if (packed !== undefined && chain !== undefined) {
      this.#chains.delete(packed);
      // Of what is closed nothing more is heard, but for a remark.
      if (!chain.state.closed) this.#packed.keep(packed, chain);
    }
    this.#places[place] = sub;
  }
}
