// An alarm as it came: what it is about, and how long it took.

import type { FindingCode } from '@unbroken/custody';

export interface Alarm {
  readonly code: FindingCode;
  readonly sub: string;
  readonly tid: string;
  /** What happened, in words. */
  readonly sentence: string;
  /** Milliseconds from the POST, or from when it fell due. */
  readonly afterMs: number;
  readonly since: 'post' | 'due';
  /** The first thing to do now. */
  readonly next: string | undefined;
}
