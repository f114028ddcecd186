// Whoever asks for what they have just posted asks before it has come through Kafka.

import { setTimeout as pause } from 'node:timers/promises';

/** From 202 to whoever folds it a token takes milliseconds: whoever asks in between is answered when it is there. */
const ON_ITS_WAY_MS = 2_000;
const LOOK_AGAIN_MS = 40;

/** Asks again for up to two seconds, until there is something. */
export async function untilThere<T>(ask: () => Promise<T>): Promise<T> {
  const late = performance.now() + ON_ITS_WAY_MS;
  let answer = await ask();
  while ((answer === undefined || answer === null) && performance.now() < late) {
    await pause(LOOK_AGAIN_MS);
    answer = await ask();
  }
  return answer;
}
