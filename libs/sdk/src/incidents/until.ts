// Looks again and again, in real time, until something is so.

import type { Stage } from './stage.js';

const POLL_MS = 25;

/** What `look` found, once it is truthy; undefined when the time is over. */
export async function until<T>(
  timeoutMs: number,
  { pause }: Pick<Stage, 'pause'>,
  look: () => Promise<T>,
): Promise<NonNullable<T> | undefined> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() >= end) return undefined;
    await pause(POLL_MS);
  }
}
