// The order in which the suites start: those of the whole system first, as they take longest, so that none of them is left
// running alone at the end. On a fresh machine Jest knows no times and goes by the size of files, which says little here.
import { createRequire } from 'node:module';

// Jest loads this file in a way in which a default import of CommonJS means another thing than elsewhere.
/** @type {typeof import('@jest/test-sequencer')} */
const { default: TestSequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

const WHOLE_SYSTEM = /\/test\/(browser|e2e|faults|incidents|witness|gateway|conformance)\//;

export default class LongestFirst extends TestSequencer {
  /** @override @template {{ path: string }} T @param {T[]} tests @returns {T[]} */
  sort(tests) {
    const sorted = /** @type {T[]} */ (/** @type {unknown} */ (super.sort(/** @type {any} */ (tests))));
    return sorted.toSorted((a, b) => Number(WHOLE_SYSTEM.test(b.path)) - Number(WHOLE_SYSTEM.test(a.path)));
  }
}
