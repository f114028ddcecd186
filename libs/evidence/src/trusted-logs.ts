// The verifier's own copy of the trust policy, read for each kind of log.

import type { TrustAnswer } from '@unbroken/contracts';
import { readTrustPolicy } from '@unbroken/tlog';
import type { TrustPolicy, WrittenPolicy } from '@unbroken/tlog';
import { EvidenceRefused } from './bundle.js';
import type { Checks } from './checks.js';
import { reasonOf } from './reason-of.js';
import { openSuccessions } from './succession.js';
import type { OpenedSuccession } from './succession.js';

export interface TrustedLogs {
  /** The keys of successors too, where a trusted log says that they are. */
  readonly custody: TrustPolicy;
  readonly registry: TrustPolicy;
  /** Those that hold. */
  readonly successions: readonly OpenedSuccession[];
}

/**
 * The policy for each kind of log, and what follows from it for custody logs that succeed others: by the statements in the
 * policy, then by those that `brought` names and the policy does not.
 * @throws EvidenceRefused where the policy cannot be used
 */
export async function trustedWithSuccessors(
  trusted: TrustAnswer,
  brought: TrustAnswer,
  checks: Checks,
): Promise<TrustedLogs> {
  const { custody, registry } = trustedLogs(trusted);
  const statements = new Set([...(trusted.successions ?? []), ...(brought.successions ?? [])]);
  const successions = await openSuccessions([...statements], custody.logs, (why) =>
    checks.add('one-history', 'fails', `A statement that one log succeeds another does not hold: ${why}.`),
  );
  const known = new Set(custody.logs.map(({ origin }) => origin));
  const learnt = successions.filter(({ origin }) => !known.has(origin)).map(({ origin, key }) => ({ origin, key }));
  return { custody: { ...custody, logs: [...custody.logs, ...learnt] }, registry, successions };
}

/** The policy for each kind of log of the deployment, told by its origin. */
export function trustedLogs({
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
