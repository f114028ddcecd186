// Checks an evidence bundle against a trust policy that the verifier has kept, without asking anybody, and folds what
// holds: statements that were signed are told apart from what follows from them (docs/protocol, section 9).

import type { ChainAnswer, ChainToken, TrustAnswer } from '@unbroken/contracts';
import {
  PolicyRefused,
  findingsAt,
  foldAll,
  isMalformed,
  readPolicy,
  rulesOf,
  withPresentStandings,
} from '@unbroken/custody';
import type { ChainState, FindingCode, Policy, Registry } from '@unbroken/custody';
import { readTrustPolicy } from '@unbroken/tlog';
import type { TrustPolicy, WrittenPolicy } from '@unbroken/tlog';
import { isShipmentId } from '@unbroken/tokens';
import type { Hash, PartyId, ShipmentId } from '@unbroken/tokens';
import { EvidenceRefused } from './bundle.js';
import type { EvidenceBundle } from './bundle.js';
import { Checks } from './checks.js';
import type { Check } from './checks.js';
import { readCustody } from './read-custody.js';
import type { CustodyStatement } from './read-custody.js';
import { readParties } from './read-parties.js';
import { reasonOf } from './reason-of.js';
import { shownState } from './shown-state.js';
import { weigh } from './weigh.js';

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
export async function verifyEvidence(
  bundle: EvidenceBundle,
  trusted: TrustAnswer,
  now: number,
): Promise<EvidenceReport> {
  const { sub } = bundle;
  if (!isShipmentId(sub)) {
    throw new EvidenceRefused('evidence.form', `${sub} is no shipment.`, 'Ask for the evidence of a shipment.', '/sub');
  }
  const policies = trustedLogs(trusted);
  const checks = new Checks();
  const parties = await readParties(bundle, trusted, policies.registry, checks);
  const { registry } = parties;
  const { deployment } = trusted;
  const statements = await readCustody({ ...bundle, sub }, { registry, deployment }, policies.custody, checks);
  const state = foldAll(
    sub,
    statements.map(({ recorded }) => recorded),
  );
  await weigh({ bundle, statements, parties, state, trusted, policies }, checks);
  const rules = rulesOf(registry, readPolicies(bundle, state, registry, checks));
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

/** The policy for each kind of log of the deployment, told by its origin. */
function trustedLogs({
  deployment,
  logs,
  witnesses,
  quorum,
}: TrustAnswer): Record<'custody' | 'registry', TrustPolicy> {
  const of = (isOne: (origin: string) => boolean): TrustPolicy => {
    const named = logs.flatMap(({ origin, vkey }) => (vkey !== null && isOne(origin) ? [{ origin, vkey }] : []));
    if (named.length > 0) return readKeys({ logs: named, witnesses, quorum });
    throw new EvidenceRefused(
      'evidence.trust',
      'The trust policy names no key of a log.',
      'Ask the operator for a policy of a hub that signs its logs, and check its keys by another way.',
      '/logs',
    );
  };
  return {
    custody: of((origin) => origin.startsWith(`${deployment}/custody/`)),
    registry: of((origin) => origin === `${deployment}/registry`),
  };
}

function readKeys(written: WrittenPolicy): TrustPolicy {
  try {
    return readTrustPolicy(written);
  } catch (error) {
    throw new EvidenceRefused(
      'evidence.trust',
      `The trust policy cannot be used: ${reasonOf(error)}.`,
      'Ask the operator for it again, and check its keys by another way.',
    );
  }
}

/** A document is named by the hash of its text: it needs nobody's signature. */
function readPolicies(
  bundle: EvidenceBundle,
  state: ChainState,
  registry: Registry,
  checks: Checks,
): Map<Hash, Policy> {
  const documents = new Map<Hash, Policy>();
  for (const text of bundle.policies) {
    try {
      const { hash, policy } = readPolicy(text);
      documents.set(hash, policy);
    } catch (error) {
      if (!(error instanceof PolicyRefused)) throw error;
      checks.add('policies', 'fails', `A policy document cannot be read: ${error.message}.`);
    }
  }
  const { sender, policy, opening } = state;
  const isPublished =
    sender !== null && policy !== null && opening !== null && registry.hasPolicy(sender, policy, opening.registrySize);
  if (isPublished && !documents.has(policy)) {
    checks.add('policies', 'unknown', 'The policy the parcel went under is not here: it is judged by the default one.');
  } else {
    checks.add(
      'policies',
      'holds',
      `It is judged by ${isPublished ? 'the policy its sender had published' : 'the default policy'}.`,
    );
  }
  return documents;
}

const chainToken = (
  { recorded, entry, index, under }: CustodyStatement,
  findings: readonly FindingCode[],
): ChainToken => ({
  tid: recorded.tid,
  ...(entry.kind === 'token' ? { token: entry.token } : { malformed: entry.reason }),
  recordedAt: new Date(recorded.recordedAt).toISOString(),
  log: under.checkpoint.origin,
  index,
  grade: isMalformed(recorded) ? null : recorded.standing.use,
  findings: [...findings],
});
