// Just after a start the keys and policies of the registry are still being read. Who judged then would take every key
// for unknown and every policy for the default one.

import { setTimeout as pause } from 'node:timers/promises';
import type { RegistryView } from '@unbroken/chains';
import { Problem } from '@unbroken/platform';

/** Reading it takes a moment; a Kafka that is away is no reason to keep a client waiting. */
const PATIENCE_MS = 5_000;

/**
 * Resolves once everything in the registry is known here that was there at the start.
 * @throws Problem 503 where that takes longer than a request can wait; the door adds when to come back
 */
export async function registryRead(view: RegistryView): Promise<void> {
  const enough = new AbortController();
  const late = pause(PATIENCE_MS, false, { signal: enough.signal });
  const read = view.reach(0).then(
    () => true,
    () => false,
  );
  try {
    if (await Promise.race([read, late])) return;
  } finally {
    enough.abort();
  }
  throw new Problem({
    status: 503,
    code: 'dispatch.registry-unread',
    title: 'Releases cannot be judged yet',
    detail: 'The service has just started and is still reading the registry. Nothing of this upload was kept.',
    cure: 'Send the same bytes again in a few seconds.',
  });
}
