// Carrying in until nothing is left: tried again after longer and longer pauses, for as long as it takes.

import type { CarriedIn, DeviceOutbox } from './device-outbox.js';
import { envelopeOf } from './outbox-token.js';
import type { OutboxToken } from './outbox-token.js';

/** Milliseconds: the first pause, each then twice as long, and the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

export interface KeepCarrying {
  /** Seconds to wait for the record at each attempt. */
  readonly wait: number;
  readonly pause: (ms: number) => Promise<void>;
  /** Told after each attempt. */
  readonly told?: (carried: CarriedIn) => void;
  /** From 0 up to 1: spreads the pauses of many devices that lost their network together. */
  readonly chance?: () => number;
}

/**
 * Resolves with the last attempt when all is settled but what was refused, and what the hub gave something false for: a
 * person has to look at that. Rejects when `pause` does.
 */
export async function keepCarrying(
  outbox: Pick<DeviceOutbox, 'list' | 'sync'>,
  parts: KeepCarrying,
): Promise<CarriedIn> {
  const { wait, pause, told = () => undefined, chance = Math.random } = parts;
  for (let longest = FIRST_PAUSE_MS; ;) {
    const carried = await outbox.sync(wait);
    told(carried);
    const isLeft = (one: OutboxToken) =>
      one.refused !== undefined || carried.tokens.get(envelopeOf(one).tid)?.state === 'doubted';
    if ((await outbox.list()).every(isLeft)) return carried;
    // What was carried in has another while to be witnessed; where no hub answers, the pauses grow.
    await pause(longest / 2 + (longest / 2) * chance());
    longest = Math.min(longest * 2, LONGEST_PAUSE_MS);
  }
}
