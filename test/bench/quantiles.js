// How long most waited, and how long the unlucky did.

/** @param {readonly number[]} ms @returns {{ p50: number, p99: number, 'p99.9': number, longest: number }} whole milliseconds */
export function quantiles(ms) {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN);
  return { p50: at(0.5), p99: at(0.99), 'p99.9': at(0.999), longest: at(1) };
}
