// Postgres restarts; nobody who posted meanwhile should have to notice. The request waits for it.

import { Problem, backoffMs, isPostgresFailure } from '@unbroken/platform';

/** Longer than a restart takes, shorter than clients and proxies wait. */
const PATIENCE_MS = 30_000;
const LONGEST_PAUSE_MS = 500;

/**
 * Does it, again and again while Postgres is away, for up to `patienceMs`; then throws a Problem 503 that says when to
 * come back. What is done must be safe to repeat: a commit whose answer was lost is done twice.
 */
export async function whileAway<T>(act: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await within(act(), end - performance.now());
    } catch (error) {
      const pause = Math.min(backoffMs(attempt), LONGEST_PAUSE_MS);
      if (!isPostgresFailure(error)) throw error;
      if (performance.now() + pause > end) throw storeAway();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A connection that hangs tells no failure; when the time is up the answer is the same. */
async function within<T>(acting: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(storeAway()), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([acting, late]);
  } finally {
    clearTimeout(timer);
  }
}

const storeAway = (): Problem =>
  new Problem({
    status: 503,
    code: 'store.away',
    title: 'The tokens cannot be kept at the moment',
    detail: 'The database did not answer for as long as a request can wait. Nothing is known to be kept.',
    cure: 'Send the same bytes again later: what was kept after all is not recorded twice.',
  });
