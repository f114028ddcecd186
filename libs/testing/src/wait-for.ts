// Tests wait for conditions, never for a length of time.
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 20;

/**
 * Polls until the condition holds, and returns what it returned.
 * @param condition truthy: it holds. What it throws means "not yet", and is the cause of the error in the end.
 * @throws Error naming `what` when the time is over
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 15_000, what }: { timeoutMs?: number; what: string },
): Promise<NonNullable<T>> {
  const end = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await condition();
      if (answer) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= end) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause });
    await pause(POLL_MS);
  }
}
