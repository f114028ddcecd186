// The verifier's own copy of the trust policy, read for each kind of log.

import type { TrustAnswer } from '@unbroken/contracts';
import { readTrustPolicy } from '@unbroken/tlog';
import type { TrustPolicy, WrittenPolicy } from '@unbroken/tlog';
import { EvidenceRefused } from './bundle.js';
import { reasonOf } from './reason-of.js';

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
