// Posts what was signed for a guest and may not have reached the intake: a crash in between, or a database that went away.

import type { Intake } from '@unbroken/intake';
import { Repeated } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { receiverLog } from '../receiver-log.js';
import type { Codes } from './codes.js';

const AT_ONCE = 20;
const POLL_MS = 10_000;

export interface CodePostingParts {
  readonly codes: Codes;
  readonly intake: Pick<Intake, 'read' | 'take'>;
  readonly clock: Clock;
}

export class CodePosting extends Repeated {
  constructor({ codes, intake, clock }: CodePostingParts) {
    super({
      doSome: async () => {
        const unposted = await codes.unposted(AT_ONCE);
        for (const { sub, token } of unposted) {
          // The same bytes as before, which the intake knows.
          const [taken] = await intake.take(intake.read([Buffer.from(token)]));
          if (taken !== undefined && 'refused' in taken) throw taken.refused;
          await codes.posted(sub, clock.now());
        }
        return unposted.length === AT_ONCE;
      },
      failed: (error, attempt) => receiverLog.warn('code.not-posted', { attempt }, error),
      pollMs: POLL_MS,
    });
  }
}
