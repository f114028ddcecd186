// The last line of `npm test`: how many passed, failed and were skipped.

/**
 * @typedef {object} JestResults what `jest --json` writes, as far as it is counted here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites files that could not be run: each counts as one failed
 * @property {boolean} success
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/**
 * @param {JestResults | undefined} results undefined when Jest wrote none
 * @param {number} exitCode Jest's
 * @param {number} failedSteps set-up and checks before Jest
 * @returns {Tally} a run that ended badly never counts zero failed
 */
export function tally(results, exitCode, failedSteps) {
  const tests = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  const endedBadly = results === undefined || exitCode !== 0 || !results.success;
  return {
    passed: results?.numPassedTests ?? 0,
    failed: failedSteps + (tests === 0 && endedBadly ? 1 : tests),
    skipped: (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0),
  };
}

/** @param {Tally} tally @returns {string} */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
