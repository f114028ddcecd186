// Lets go of what nobody needs any more: limits that are over, codes that ran out, how finders can be called back, after
// ninety days, and guests whose parcels are closed, after thirty.

import { Repeated } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { Codes } from '../codes/codes.js';
import type { Reports } from '../found/reports.js';
import type { Guests } from '../guests/guests.js';
import type { DeskLimits } from '../limits/desk-limits.js';
import { receiverLog } from '../receiver-log.js';

const EVERY_MS = 10 * 60_000;

/** The finder's page says so. */
export const CONTACT_MS = 90 * 24 * 3_600_000;

export interface ForgettingParts {
  readonly limits: DeskLimits;
  readonly reports: Reports;
  readonly codes: Codes;
  readonly guests: Guests;
  readonly clock: Clock;
}

export class Forgetting extends Repeated {
  constructor({ limits, reports, codes, guests, clock }: ForgettingParts) {
    super({
      // Each is one statement: after a crash it is done the next time.
      doSome: async () => {
        await limits.forget();
        await reports.eraseToldBefore(new Date(clock.now() - CONTACT_MS));
        await codes.forget(clock.now());
        await guests.forget(clock.now());
        return false;
      },
      failed: (error, attempt) => receiverLog.warn('desk.kept-longer', { attempt }, error),
      pollMs: EVERY_MS,
    });
  }
}
