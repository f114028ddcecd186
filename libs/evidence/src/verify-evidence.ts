// Checks an evidence bundle against a trust policy that the verifier has kept, without asking anybody, and folds what
// holds: statements that were signed are told apart from what follows from them (docs/protocol, section 9).

import type { ChainAnswer, ChainToken, TrustAnswer } from '@unbroken/contracts';
import { findingsAt, foldAll, isMalformed, rulesOf, withPresentStandings } from '@unbroken/custody';
import type { FindingCode, Recorded } from '@unbroken/custody';
import { isShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { EvidenceRefused } from './bundle.js';
import type { EvidenceBundle } from './bundle.js';
import { Checks } from './checks.js';
import type { Check } from './checks.js';
import { readCustody } from './read-custody.js';
import type { CustodyStatement } from './read-custody.js';
import { readParties } from './read-parties.js';
import { readPolicies } from './read-policies.js';
import { shownState } from './shown-state.js';
import { trustedWithSuccessors } from './trusted-logs.js';
import { weigh } from './weigh.js';
import type { Whose } from './weigh-logs.js';

export interface EvidenceReport {
  readonly sub: ShipmentId;
  /** Nothing that was checked fails; what cannot be known is among the checks too. */
  readonly holds: boolean;
  readonly checks: readonly Check[];
  /** What follows from the statements that hold: computed, signed by nobody. */
  readonly chain: ChainAnswer;
  /** What a party calls itself. */
  readonly nameOf: (party: string) => string | undefined;
}

/**
 * @param trusted the verifier's own copy of the trust policy
 * @param now seconds since 1970: deadlines that have passed by then are found
 * @throws EvidenceRefused where the bundle is about no shipment, or the policy cannot be used
 */
export function verifyEvidence(bundle: EvidenceBundle, trusted: TrustAnswer, now: number): Promise<EvidenceReport> {
  return verify(bundle, { trusted, whose: 'yours' }, now);
}

/**
 * Whether a bundle fits together by the keys it names itself, which proves nothing against the hub that made it; the report
 * says so. For those who have not kept a trust policy, and for showing what is in the file.
 * @param now and errors as verifyEvidence
 */
export function verifyByItself(bundle: EvidenceBundle, now: number): Promise<EvidenceReport> {
  return verify(bundle, { trusted: bundle.trust, whose: 'its own' }, now);
}

async function verify(
  bundle: EvidenceBundle,
  { trusted, whose }: { readonly trusted: TrustAnswer; readonly whose: Whose },
  now: number,
): Promise<EvidenceReport> {
  const { sub } = bundle;
  if (!isShipmentId(sub)) {
    throw new EvidenceRefused('evidence.form', `${sub} is no shipment.`, 'Ask for the evidence of a shipment.', '/sub');
  }
  const checks = new Checks();
  const policies = await trustedWithSuccessors(trusted, bundle.trust, checks);
  const parties = await readParties(bundle, trusted, policies.registry, checks);
  const { registry } = parties;
  const { deployment } = trusted;
  const statements = await readCustody({ ...bundle, sub }, { registry, deployment }, policies, checks);
  const state = foldAll(sub, once(statements.map(({ recorded }) => recorded)));
  await weigh({ bundle, statements, parties, state, trusted, whose, policies }, checks);
  const rules = rulesOf(registry, readPolicies(bundle.policies, state, registry, checks));
  const findings = findingsAt(withPresentStandings(state, { registry }), rules, now);
  return {
    sub,
    holds: checks.all.every(({ result }) => result !== 'fails'),
    checks: checks.all,
    chain: {
      sub,
      state: shownState(state),
      tokens: statements.map((statement) => chainToken(statement, findings.get(statement.recorded.tid) ?? [])),
    },
    nameOf: (party) => registry.party(party as PartyId)?.name,
  };
}

/** What was lost with a log and brought again is in two logs, and was said once. */
function once(recorded: readonly Recorded[]): readonly Recorded[] {
  const seen = new Set<string>();
  return recorded.filter(({ tid }) => !seen.has(tid) && seen.add(tid));
}

const chainToken = (
  { recorded, entry, index, origin }: CustodyStatement,
  findings: readonly FindingCode[],
): ChainToken => ({
  tid: recorded.tid,
  ...(entry.kind === 'token' ? { token: entry.token } : { malformed: entry.reason }),
  recordedAt: new Date(recorded.recordedAt).toISOString(),
  log: origin,
  index,
  grade: isMalformed(recorded) ? null : recorded.standing.use,
  findings: [...findings],
});
