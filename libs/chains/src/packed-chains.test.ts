import { describe, expect, it } from '@jest/globals';
import { emptySummary } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';
import fc from 'fast-check';
import type { StoredChain } from './fold-batch.js';
import { PackedChains } from './packed-chains.js';

const sub = (no: number) => `parcel-${no}` as ShipmentId;

/** Of whatever length, and not of ASCII alone. */
const chain = (lastIndex: number, gaps = 0): StoredChain => ({
  state: { ...emptySummary(sub(lastIndex)), tip: 'ü'.repeat(gaps) as never, recordedAt: lastIndex },
  lastIndex,
  parts: gaps,
});

const sizeOf = ({ state }: StoredChain) => Buffer.byteLength(JSON.stringify(state));

describe('packed chains', () => {
  it('whatever is packed, in whatever order, forgotten or not → what is there is as it came in, and the newest are', () => {
    const said = fc.record({ no: fc.nat(30), longer: fc.nat(400), forgets: fc.boolean() });
    fc.assert(
      fc.property(fc.array(said, { minLength: 50, maxLength: 400 }), (all) => {
        const size = 12_000;
        const packed = new PackedChains(size);
        const kept = new Map<ShipmentId, { readonly one: StoredChain; readonly before: number }>();
        let written = 0;
        for (const [index, { no, longer, forgets }] of all.entries()) {
          packed.forget(sub(no));
          kept.delete(sub(no));
          if (forgets) continue;
          const one = chain(index, longer);
          packed.keep(sub(no), one);
          kept.set(sub(no), { one, before: written });
          written += sizeOf(one);
          for (const [name, { one: wanted, before }] of kept) {
            const found = packed.get(name);
            if (found !== undefined) expect(found).toStrictEqual(wanted);
            // The end of the block may be too short for one more, and stays empty.
            if (written - before < size - 2 * sizeOf(chain(index, 400))) expect(found).toBeDefined();
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('larger than all room there is → not kept, and nothing makes room for it', () => {
    const packed = new PackedChains(sizeOf(chain(1)));
    packed.keep(sub(1), chain(1));
    packed.keep(sub(2), chain(2, 10));
    expect(packed.get(sub(2))).toBeUndefined();
    expect(packed.get(sub(1))).toStrictEqual(chain(1));
  });
});
