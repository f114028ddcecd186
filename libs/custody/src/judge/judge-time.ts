// Clocks that contradict each other: signed before what it refers to, or by a device whose clock is off.

import { when } from './judged.js';
import type { Judge } from './judged.js';

/** Seconds a device's clock may differ from the server's (docs/protocol, section 5). */
const DRIFT_ALLOWED = 5 * 60;

/**
 * A time of signing that is still to come when the token is recorded shows the same as the device's own clock; so does a
 * thing that is signed before it happens.
 */
export const judgeTime: Judge = ({ token: { claims, drift, recordedAt }, prevSigned }) =>
  when({
    'chain.backdated': prevSigned !== null && claims.iat < prevSigned,
    'clock.drift':
      isDrifting(drift) ||
      claims.iat - recordedAt / 1000 > DRIFT_ALLOWED ||
      (claims.when ?? 0) - claims.iat > DRIFT_ALLOWED,
  });

export const isDrifting = (drift: number | undefined): boolean => Math.abs(drift ?? 0) > DRIFT_ALLOWED;
