// The present, for everything that shows a distance in time: one timer for the whole page.

import { useSyncExternalStore } from 'react';

const STEP_MS = 15_000;
const readers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function step(): void {
  now = Date.now();
  for (const tell of readers) tell();
}

/** The timer goes on once it is needed, so that whoever comes later finds the present too. */
function subscribe(reader: () => void): () => void {
  timer ??= setInterval(step, STEP_MS);
  readers.add(reader);
  return () => readers.delete(reader);
}

/** Milliseconds since 1970, at most fifteen seconds old. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
