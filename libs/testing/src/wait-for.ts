// Tests wait for conditions, never for a length of time.
import { setTimeout as pause } from 'node:timers/promises';
import { types } from 'node:util';

/** Asked so often at first, and ever less the longer it takes: what is waited for needs the processor that asking costs. */
const POLL_MS = 20;
const RAREST_MS = 250;
const OF_TIME_WAITED = 1 / 20;

/**
 * Polls until the condition holds, and returns what it returned.
 * @param condition truthy: it holds. What it throws means "not yet", and is the cause of the error in the end.
 * @throws Error naming `what`, and what was thrown last, when the time is over
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 15_000, what }: { timeoutMs?: number; what: string },
): Promise<NonNullable<T>> {
  const begun = performance.now();
  const end = begun + timeoutMs;
  let cause: unknown;
  for (;;) {
    const asked = performance.now();
    try {
      const answer = await condition();
      if (answer) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    const now = performance.now();
    if (now >= end) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}${told(cause)}`, { cause });
    const wanted = Math.max(POLL_MS, now - asked, (now - begun) * OF_TIME_WAITED);
    await pause(Math.min(wanted, RAREST_MS, end - now));
  }
}

/** A report that is cut short still says it. Node's own errors, as of a fetch that failed, are of another realm than a test. */
const told = (cause: unknown): string => (types.isNativeError(cause) ? `: ${cause.message}` : '');
