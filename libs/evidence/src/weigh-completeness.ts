// Whether something is left out, and up to where that is known.

import type { EvidenceBundle } from './bundle.js';
import { checkCompleteness } from './check-completeness.js';
import type { ListedChain } from './check-completeness.js';
import type { Checks } from './checks.js';
import type { Completeness } from './completeness.js';
import type { CustodyStatement } from './read-custody.js';
import type { ReadParties } from './read-parties.js';
import type { TrustedLogs } from './trusted-logs.js';
import type { TrustPolicy } from '@unbroken/tlog';

export interface WeighedChains {
  readonly bundle: EvidenceBundle;
  readonly statements: readonly CustodyStatement[];
  readonly parties: ReadParties;
  readonly policies: TrustedLogs;
}

/** The words of the logs that hold. */
export async function weighCompleteness(
  { bundle, statements, parties, policies }: WeighedChains,
  checks: Checks,
): Promise<readonly Completeness[]> {
  const parcel = {
    sub: bundle.sub,
    statement: bundle.completeness,
    entries: statements.map(({ index, origin, recorded: { tid } }) => ({ index, origin, tid })),
  };
  const ofParcel = await weighChain(parcel, 'the parcel', policies.custody, checks);
  if (ofParcel !== undefined) weighParcel(ofParcel, statements, checks);
  const ofParties: Completeness[] = [];
  for (const { party, completeness } of bundle.parties) {
    const entries = parties.entries.flatMap(({ listed, index, tid, under }) =>
      listed.party === party ? [{ index, tid, origin: under.checkpoint.origin }] : [],
    );
    const said = await weighChain({ sub: party, statement: completeness, entries }, party, policies.registry, checks);
    if (said !== undefined) ofParties.push(said);
  }
  if (ofParties.length === bundle.parties.length && ofParties.length > 0) {
    weighParties(Math.min(...ofParties.map(({ size }) => size)), statements, checks);
  }
  return [...(ofParcel === undefined ? [] : [ofParcel]), ...ofParties];
}

function weighParcel({ origin, size }: Completeness, statements: readonly CustodyStatement[], checks: Checks): void {
  const later = statements.filter((one) => one.origin === origin && one.index >= size).length;
  checks.add(
    'completeness',
    'holds',
    `The log says that these are all statements about the parcel among its first ${size}${later > 0 ? `; ${later} are newer` : ''}.`,
  );
  // An older file is as true as it was: only a newer one can show what it lacks.
  checks.add(
    'completeness',
    'unknown',
    `What was recorded of the parcel after the first ${size} entries of the log is not in this file.`,
  );
}

function weighParties(known: number, statements: readonly CustodyStatement[], checks: Checks): void {
  const needed = Math.max(0, ...statements.map(({ recorded }) => recorded.registrySize));
  checks.add(
    'completeness',
    known < needed ? 'unknown' : 'holds',
    `The chains of all parties here are whole up to entry ${known} of the registry log; the parcel needs ${needed}. A key taken back later is not known of.`,
  );
}

/** The statement where it holds; whatever else is said in the checks. */
async function weighChain(chain: ListedChain, of: string, policy: TrustPolicy, checks: Checks) {
  const found = await checkCompleteness(chain, policy);
  if (found === undefined) {
    checks.add('completeness', 'unknown', `That nothing of the chain of ${of} is left out is claimed and not signed.`);
    return undefined;
  }
  if ('said' in found) return found.said;
  checks.add(
    'completeness',
    'fails',
    `The log's word how many statements the chain of ${of} has does not fit: ${found.fault}.`,
  );
  return undefined;
}
