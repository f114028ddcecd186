// The order in which the suites start: first those that take long and are short files. On a fresh machine Jest knows no
// times and goes by the size of files, so that they would run alone at the end. The other long ones stay where they are,
// among short ones: all at once they take their processors from each other.
import { createRequire } from 'node:module';

// Jest loads this file in a way in which a default import of CommonJS means another thing than elsewhere.
/** @type {typeof import('@jest/test-sequencer')} */
const { default: TestSequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

const LONGEST = /\/test\/(browser|audit|faults\/steps)/;

export default class LongestFirst extends TestSequencer {
  /** @override @template {{ path: string }} T @param {T[]} tests @returns {T[]} */
  sort(tests) {
    const sorted = /** @type {T[]} */ (/** @type {unknown} */ (super.sort(/** @type {any} */ (tests))));
    return sorted.toSorted((a, b) => Number(LONGEST.test(b.path)) - Number(LONGEST.test(a.path)));
  }
}
