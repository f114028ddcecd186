import { describe, expect, it } from '@jest/globals';
import { emptySummary } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';
import { ChainCache } from './chain-cache.js';
import type { StoredChain } from './fold-batch.js';

const chain = (lastIndex: number): StoredChain => ({
  state: { ...emptySummary('24VMAD4JS2MZAZEX3' as ShipmentId), recordedAt: lastIndex },
  lastIndex,
  parts: 1,
});
const subs = (count: number) => Array.from({ length: count }, (_, no) => `parcel-${no}` as ShipmentId);

describe('remembered chains', () => {
  it('more than there is room for → so many and no more, the newest among them', () => {
    const cache = new ChainCache({ chains: 10, packedBytes: 0 });
    for (const [no, sub] of subs(100).entries()) {
      cache.remember(sub, chain(no));
      expect([...cache.of([sub]).values()]).toEqual([chain(no)]);
    }
    expect(cache.of(subs(100)).size).toBe(10);
  });

  it('remembered again → the newest state, in the place it has', () => {
    const cache = new ChainCache({ chains: 3, packedBytes: 0 });
    for (const sub of subs(3)) cache.remember(sub, chain(1));
    for (const sub of subs(3)) cache.remember(sub, chain(2));
    expect([...cache.of(subs(3)).values()]).toEqual([chain(2), chain(2), chain(2)]);
  });

  it('forgotten → gone, and its place is free', () => {
    const cache = new ChainCache({ chains: 3, packedBytes: 0 });
    const [first, second, third, fourth] = subs(4);
    for (const sub of subs(3)) cache.remember(sub, chain(1));
    cache.forget(subs(1));
    if (fourth !== undefined) cache.remember(fourth, chain(1));
    expect([...cache.of(subs(4)).keys()]).toEqual([second, third, fourth]);
    expect(cache.of(first === undefined ? [] : [first]).size).toBe(0);
  });

  it('more parcels take turns than there is room for → some are still known when their turn comes', () => {
    const cache = new ChainCache({ chains: 80, packedBytes: 0 });
    let known = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      for (const sub of subs(100)) {
        known += cache.of([sub]).size;
        cache.remember(sub, chain(turn));
      }
    }
    // Of 2,000 looks; forgetting the oldest would leave none.
    expect(known).toBeGreaterThan(500);
  });

  it('more than there is room for as they are, and room for the others packed → all are known, each as it was', () => {
    const cache = new ChainCache({ chains: 10, packedBytes: 100_000 });
    for (let turn = 0; turn < 5; turn += 1) {
      for (const [no, sub] of subs(50).entries()) {
        if (turn > 0) expect([...cache.of([sub]).values()]).toStrictEqual([chain(100 * turn - 100 + no)]);
        cache.remember(sub, chain(100 * turn + no));
      }
    }
    cache.forget(subs(49));
    expect([...cache.of(subs(50)).keys()]).toEqual(subs(50).slice(49));
  });

  it('closed → not packed: nothing more is heard of it', () => {
    const cache = new ChainCache({ chains: 1, packedBytes: 100_000 });
    const [first, second] = subs(2);
    const closed = chain(1);
    for (const sub of subs(2)) cache.remember(sub, { ...closed, state: { ...closed.state, closed: true } });
    expect([...cache.of(subs(2)).keys()]).toEqual([second]);
    expect(first).toBeDefined();
  });
});
