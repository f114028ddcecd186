// Waiting for conditions of the outside world: never a fixed sleep, always a condition with a name and a limit.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the answer is truthy. An error counts as "not yet".
 * @template T
 * @param {() => T | Promise<T>} condition
 * @param {{ withinMs: number, everyMs?: number }} limits
 * @returns {Promise<T | undefined>} the answer; undefined when the time is over
 */
export async function until(condition, { withinMs, everyMs = 50 }) {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await Promise.resolve()
      .then(condition)
      .catch(() => undefined);
    if (answer) return answer;
    if (performance.now() >= end) return undefined;
    await pause(everyMs);
  }
}
