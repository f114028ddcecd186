// Who has to report that the record is well, how long each may be silent, and what its silence is called.

import {
  AUDIT_SOURCE,
  LONGEST_WITHOUT_AUDIT_MS,
  LONGEST_WITHOUT_PROMISES_MS,
  PROMISES_SOURCE,
} from '@unbroken/contracts';

export type SourceName = typeof AUDIT_SOURCE | typeof PROMISES_SOURCE;

interface Source {
  readonly longestMs: number;
  /** What has not come; undefined: an audit. */
  readonly silence?: string;
  /** Why the alert of its silence resolves itself. */
  readonly heardAgain: string;
}

export const sources: Readonly<Record<SourceName, Source>> = {
  [AUDIT_SOURCE]: { longestMs: LONGEST_WITHOUT_AUDIT_MS, heardAgain: 'An audit has been finished since.' },
  [PROMISES_SOURCE]: {
    longestMs: LONGEST_WITHOUT_PROMISES_MS,
    silence: 'The ledger has not said whether it keeps what was promised',
    heardAgain: 'The ledger has said since how it keeps what was promised.',
  },
};
