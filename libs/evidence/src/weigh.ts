// What follows for the whole of a bundle from its statements: whether something is left out, who vouches for the logs, and
// what the file cannot tell.

import type { TrustAnswer } from '@unbroken/contracts';
import type { ChainState } from '@unbroken/custody';
import type { Checks } from './checks.js';
import { weighTime } from './timestamp/weigh-time.js';
import { weighCompleteness } from './weigh-completeness.js';
import type { WeighedChains } from './weigh-completeness.js';
import { weighHistories, weighTrust, weighWitnesses } from './weigh-logs.js';
import type { Whose } from './weigh-logs.js';
import { weighOperator, weighParties } from './weigh-parties.js';

export interface Weighed extends WeighedChains {
  readonly state: ChainState;
  readonly trusted: TrustAnswer;
  readonly whose: Whose;
}

export async function weigh(weighed: Weighed, checks: Checks): Promise<void> {
  const { statements, parties, trusted, whose, state, bundle } = weighed;
  sumUp(statements.length, parties.entries.length, checks);
  const words = await weighCompleteness(weighed, checks);
  weighTrust(trusted, bundle.trust, whose, checks);
  weighOperator(trusted, parties.registry, whose, checks);
  weighParties(bundle, parties, state, trusted.operator.party, checks);
  weighHistories([statements, parties.entries], words, checks);
  weighWitnesses([...statements, ...parties.entries], trusted, whose, checks);
  const { custody, registry } = weighed.policies;
  const logs = [
    { what: 'the parcel', shown: statements, policy: custody },
    { what: 'parties', shown: parties.entries, policy: registry },
  ];
  await weighTime(bundle.timestamps ?? [], logs, trusted, checks);
  checks.add('contents', 'unknown', 'What was in the parcel: the statements only commit to it.');
}

function sumUp(custody: number, registry: number, checks: Checks): void {
  if (!checks.hasFailed('records')) {
    checks.add(
      'records',
      'holds',
      `${custody} statements about the parcel and ${registry} about parties are in the logs, unchanged.`,
    );
  }
  if (!checks.hasFailed('signatures')) {
    checks.add(
      'signatures',
      'holds',
      'Every signature holds, each by a key that counted for its party when it was recorded.',
    );
  }
}
