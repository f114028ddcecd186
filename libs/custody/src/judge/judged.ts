// What a judge is given: one token in its place, the line as it stood for it, and the rules it went under.

import type { PartyId, SiteId } from '@unbroken/tokens';
import type { ChainState } from '../chain-state.js';
import type { FindingCode } from '../finding.js';
import type { Placed } from '../place.js';
import type { Policy } from '../policy/policy.js';
import type { WorkingHours } from '../policy/working-hours.js';
import type { RecordedToken } from '../recorded.js';

/** What the registry says beyond the chain itself. */
export interface JudgeContext {
  /** The policy document a shipment goes under; the default one where its sender has published none of that hash. */
  readonly policyOf: (shipment: Pick<ChainState, 'sender' | 'policy' | 'opening'>) => Policy;
  /** Working hours of that site, else of the party, where they have said any. */
  readonly hoursOf: (party: PartyId, site?: SiteId | null) => WorkingHours | undefined;
}

export interface Judged extends Placed {
  readonly token: RecordedToken;
  /** When the token named by `prev` was signed, in seconds; null where it cannot be known. */
  readonly prevSigned: number | null;
  readonly context: JudgeContext;
}

/** One kind of finding; pure. */
export type Judge = (judged: Judged) => readonly FindingCode[];

/** What is found of nearly every token. */
const NOTHING: readonly FindingCode[] = [];

/** The codes whose condition holds. */
export function when(conditions: Partial<Record<FindingCode, boolean>>): readonly FindingCode[] {
  let found: FindingCode[] | undefined;
  for (const code in conditions) if (conditions[code as FindingCode]) (found ??= []).push(code as FindingCode);
  return found ?? NOTHING;
}

/** Has the token a place in the chain, moving or not, so that the line as it stood says something about it? */
export const inContext = ({ place }: Placed): boolean =>
  place === 'line' || place === 'remark' || place === 'wrong-hands';
