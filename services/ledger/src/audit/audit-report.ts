// What an audit is asked for and what it answers.

import type { LogName } from '../logs.js';
import type { EndedLog } from './ended-logs.js';
import type { Fault, FaultCount } from './fault.js';

export interface AuditOf {
  /** Folders with parties' own copies. */
  readonly copies: readonly string[];
  /** Evidence bundles. */
  readonly bundles: readonly string[];
}

export interface AuditReport {
  readonly result: 'clean' | 'tampered';
  /** RFC 3339. */
  readonly at: string;
  /** Those that are written. */
  readonly logs: readonly {
    readonly log: LogName;
    readonly origin: string;
    readonly size: number;
    /** How many of them a checkpoint covers. */
    readonly signed: number;
    readonly messages: number;
  }[];
  /** Those that have ended, with what was lost of them. */
  readonly ended: readonly EndedLog[];
  /** Entries that parties' copies and bundles hold. */
  readonly held: number;
  readonly faults: readonly Fault[];
  /** All of them, those that are not named too. */
  readonly count: number;
  /** How many of which kind; together as many as `count`. */
  readonly kinds: readonly FaultCount[];
  /** What is worth knowing and no fault. */
  readonly notices: readonly string[];
}
