// An alert as it is kept, and as a decision asks for it to be raised (docs/protocol, section 5: "An alert has a life").

import type { AlertState, Severity } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import type { FindingRef } from './alert-id.js';

/** Somebody's decision on an alert; `by` null: it resolved itself. */
export interface Decision {
  readonly by: PartyId | null;
  readonly reason: string;
  readonly at: Date;
}

/** Whose task it is: a party's, and of its contacts the one it was given to. */
export interface Assignment {
  readonly to: PartyId;
  /** A contact's id; null where the party sees to that itself. */
  readonly contact: string | null;
  readonly by: PartyId;
  readonly reason: string;
  readonly at: Date;
}

/** Who is told, and who answers for the parcel. */
export interface Told {
  readonly parties: readonly PartyId[];
  readonly responsible: PartyId | null;
}

/** A finding that holds and must be an alert from now on, unless it is one already. */
export interface Holding extends FindingRef, Told {
  /** Of a finding that follows from a token: when that was recorded, in milliseconds. */
  readonly recordedAt?: number;
  /** For `token.refused`: why the ledger or the intake refused the bytes; for `log.tampered`: what was found. */
  readonly refusal?: string;
  /** For a missed deadline: when it fell due, and whether nobody was there to notice. */
  readonly missed?: { readonly dueAt: Date; readonly late: boolean };
}

export interface Alert extends FindingRef, Told {
  readonly id: string;
  readonly severity: Severity;
  readonly refusal: string | null;
  readonly dueAt: Date | null;
  readonly late: boolean;
  readonly raisedAt: Date;
  readonly state: AlertState;
  readonly assigned: Assignment | null;
  readonly acknowledged: Decision | null;
  readonly resolved: Decision | null;
}
