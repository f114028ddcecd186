// Checks what a log has to show of one chain, a shipment's or a party's: each entry under the log's key, and that none is
// left out. Whoever keeps a copy of its own chains checks them so as they come.

import type { Entry, TrustAnswer } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { isShipmentId } from '@unbroken/tokens';
import { isUnproven } from './bundle.js';
import type { ListedStatement, RecordedEvidence } from './bundle.js';
import { checkCompleteness } from './check-completeness.js';
import { Checks } from './checks.js';
import type { Check } from './checks.js';
import { shownEntries } from './shown-entries.js';
import { openSuccessions } from './succession.js';
import { trustedLogs } from './trusted-logs.js';

export interface ListedEvidence {
  readonly sub: string;
  readonly tokens: readonly ListedStatement[];
  readonly completeness: string | null;
}

export interface ReadChain {
  /** Those that hold, in the order of the log; `origin` is the log's. */
  readonly entries: readonly {
    readonly origin: string;
    readonly index: number;
    readonly entry: Entry;
    readonly listed: RecordedEvidence;
    /** Whether as many witnesses as the policy asks for cosigned the checkpoint it is shown under. */
    readonly isWitnessed: boolean;
  }[];
  /** Checks of `records` and `completeness`; where one fails, not all is there or not all holds. */
  readonly checks: readonly Check[];
}

/** @throws EvidenceRefused where the policy cannot be used */
export async function verifyChain(chain: ListedEvidence, trusted: TrustAnswer): Promise<ReadChain> {
  const policy = trustedLogs(trusted)[isShipmentId(chain.sub) ? 'custody' : 'registry'];
  const checks = new Checks();
  const successions = await openSuccessions(trusted.successions ?? [], policy.logs, () => undefined);
  // What is left of a log that has ended is not shown by anything; who keeps it, keeps it as it was given.
  const receipted = chain.tokens.filter((one): one is RecordedEvidence => !isUnproven(one));
  const shown = await shownEntries(receipted, policy, () => chain.sub, checks, successions);
  const entries = shown.map(({ entry, index, under }) => ({
    index,
    origin: under.checkpoint.origin,
    tid: tidOf(entry),
  }));
  const found = await checkCompleteness({ sub: chain.sub, statement: chain.completeness, entries }, policy);
  if (found === undefined)
    checks.add('completeness', 'unknown', `That nothing of ${chain.sub} is left out is not signed.`);
  else if ('fault' in found)
    checks.add('completeness', 'fails', `The log’s word on ${chain.sub} does not fit: ${found.fault}.`);
  else checks.add('completeness', 'holds', `The log says that these are all of its first ${found.said.size}.`);
  return {
    entries: shown.map(({ entry, index, listed, under }) => ({
      origin: under.checkpoint.origin,
      index,
      entry,
      listed,
      isWitnessed: under.cosigned.length >= policy.quorum,
    })),
    checks: checks.all,
  };
}

/** Its bytes were checked against the log: what cannot be read as a token has no id of its own. */
function tidOf(entry: Entry): string {
  return entry.kind === 'malformed' ? entry.tid : parseStatement(entry.token).tid;
}
