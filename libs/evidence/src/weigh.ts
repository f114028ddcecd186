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
import { weighSuccessions } from './weigh-successions.js';

export interface Weighed extends WeighedChains {
  readonly state: ChainState;
  readonly trusted: TrustAnswer;
  readonly whose: Whose;
}

export async function weigh(weighed: Weighed, checks: Checks): Promise<void> {
  const { statements, parties, trusted, whose, state, bundle } = weighed;
  const shown = statements.flatMap((one) => one.shown ?? []);
  sumUp(shown.length, parties.entries.length, checks);
  const words = await weighCompleteness(weighed, checks);
  weighTrust(trusted, bundle.trust, whose, checks);
  weighOperator(trusted, parties.registry, whose, checks);
  weighParties(bundle, parties, state, trusted.operator.party, checks);
  const { custody, registry, successions } = weighed.policies;
  const ofLogs = custody.logs.map(({ origin }) => shown.filter(({ under }) => under.checkpoint.origin === origin));
  weighHistories([...ofLogs.filter(({ length }) => length > 0), parties.entries], words, checks);
  weighSuccessions(successions, statements, checks);
  weighWitnesses([...shown, ...parties.entries], trusted, whose, checks);
  const logs = [
    ...custody.logs.map(({ origin }, at) => ({
      what: 'the parcel',
      shown: ofLogs[at] ?? [],
      policy: { ...custody, logs: custody.logs.filter((log) => log.origin === origin) },
    })),
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
