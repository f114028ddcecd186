// One line for each check, whatever came of it, and the count at the end.
import { deepStrictEqual } from 'node:assert';

/** How long the system may take to come to what is expected: it answers first and records soon after. */
const PATIENCE_MS = 15_000;
const POLL_MS = 100;

export class Report {
  passed = 0;
  failed = 0;

  /**
   * @param {string} name condition → outcome
   * @param {unknown} got
   * @param {unknown} expected
   */
  check(name, got, expected) {
    if (equal(got, expected)) {
      this.passed += 1;
      console.log(`ok ${name}`);
    } else {
      this.failed += 1;
      console.log(`not ok ${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
    }
  }

  /**
   * Looks again and again until what it sees is what is expected, or patience is over.
   * @param {string} name
   * @param {() => Promise<unknown>} look
   * @param {unknown} expected
   */
  async eventually(name, look, expected) {
    const end = performance.now() + PATIENCE_MS;
    let got = await seen(look);
    while (!equal(got, expected) && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      got = await seen(look);
    }
    this.check(name, got, expected);
  }

  /**
   * Runs a chapter of checks. What it throws is a failure of its own; the next chapter still runs.
   * @param {string} chapter
   * @param {() => Promise<void>} checks
   */
  async chapter(chapter, checks) {
    try {
      await checks();
    } catch (error) {
      this.check(`${chapter}: to the end`, /** @type {Error} */ (error).message, undefined);
    }
  }

  /** Writes the last line. */
  close() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}

/**
 * What a look shows; an answer that is not yet of its form shows as the error it causes.
 * @param {() => Promise<unknown>} look
 */
async function seen(look) {
  try {
    return await look();
  } catch (error) {
    return `${/** @type {Error} */ (error).message}`;
  }
}

/** @param {unknown} got @param {unknown} expected */
function equal(got, expected) {
  try {
    deepStrictEqual(got, expected);
    return true;
  } catch {
    return false;
  }
}
