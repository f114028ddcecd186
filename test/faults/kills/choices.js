// Choices that can be made again: the same seed, the same choices. When exactly a signal arrives is the machine's.

/**
 * mulberry32, a generator of 32 bits of state.
 * @param {number} seed
 * @returns {() => number} the next number, from 0 to below 1
 */
export function choices(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
