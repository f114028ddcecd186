// A phone whose process dies at one of its durable writes: just before it, or just after it, when nobody was told.

import type { Stores } from './phone.js';

export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** Dies at the write of this number, counted from 1; from then on nothing is written any more. */
export function cutOffAt(number: number, when: 'before' | 'after'): (stores: Stores) => Stores {
  let writes = 0;
  const dying =
    <A extends readonly unknown[]>(write: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      writes += 1;
      if (writes > number || (writes === number && when === 'before')) throw new ProcessDied();
      await write(...args);
      if (writes === number) throw new ProcessDied();
    };
  return ({ store, places, keeper }) => ({
    store: {
      add: dying((token) => store.add(token)),
      replace: dying((token) => store.replace(token)),
      remove: dying((sum) => store.remove(sum)),
      list: () => store.list(),
    },
    places: { of: (sub) => places.of(sub), keep: dying((place) => places.keep(place)) },
    keeper: { keep: dying((kept) => keeper.keep(kept)) },
  });
}
