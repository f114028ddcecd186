// What follows for the whole of a bundle from its statements: whether something is left out, who vouches for the logs, and
// what the file cannot tell.

import type { TrustAnswer } from '@unbroken/contracts';
import type { ChainState, Registry } from '@unbroken/custody';
import { sameHash } from '@unbroken/tlog';
import type { TrustPolicy } from '@unbroken/tlog';
import type { PartyId } from '@unbroken/tokens';
import type { EvidenceBundle } from './bundle.js';
import { checkCompleteness } from './check-completeness.js';
import type { ListedChain } from './check-completeness.js';
import type { Checks } from './checks.js';
import type { CustodyStatement } from './read-custody.js';
import { partiesOf } from './parties-of.js';
import type { ReadParties } from './read-parties.js';
import type { ShownEntry } from './shown-entries.js';

export interface Weighed {
  readonly bundle: EvidenceBundle;
  readonly statements: readonly CustodyStatement[];
  readonly parties: ReadParties;
  readonly state: ChainState;
  readonly trusted: TrustAnswer;
  readonly policies: { readonly custody: TrustPolicy; readonly registry: TrustPolicy };
}

export async function weigh(weighed: Weighed, checks: Checks): Promise<void> {
  const { statements, parties, trusted, state, bundle } = weighed;
  sumUp(statements.length, parties.entries.length, checks);
  await weighCompleteness(weighed, checks);
  weighOperator(trusted, parties.registry, checks);
  weighParties(bundle, state, trusted.operator.party, checks);
  weighHistories([statements, parties.entries], checks);
  weighWitnesses([...statements, ...parties.entries], trusted.quorum, checks);
  checks.add(
    'time',
    'unknown',
    'The times are those of the signers’ devices and of the log; no time-stamping authority vouches for them.',
  );
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

async function weighCompleteness({ bundle, statements, parties, policies }: Weighed, checks: Checks): Promise<void> {
  const parcel = {
    sub: bundle.sub,
    statement: bundle.completeness,
    entries: statements.map(({ index, recorded: { tid } }) => ({ index, tid })),
  };
  const size = await weighChain(parcel, 'the parcel', policies.custody, checks);
  if (size !== undefined) {
    const later = statements.filter(({ index }) => index >= size.size).length;
    checks.add(
      'completeness',
      'holds',
      `The log says that these are all statements about the parcel among its first ${size.size}${later > 0 ? `; ${later} are newer` : ''}.`,
    );
  }
  const needed = Math.max(0, ...statements.map(({ recorded }) => recorded.registrySize));
  const sizes: number[] = [];
  for (const { party, completeness } of bundle.parties) {
    const entries = parties.entries.filter(({ listed }) => listed.party === party);
    const said = await weighChain({ sub: party, statement: completeness, entries }, party, policies.registry, checks);
    if (said !== undefined) sizes.push(said.size);
  }
  if (sizes.length < bundle.parties.length || sizes.length === 0) return;
  const known = Math.min(...sizes);
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

function weighOperator({ operator }: TrustAnswer, registry: Registry, checks: Checks): void {
  const rootKid = registry.party(operator.party as PartyId)?.rootKid;
  if (operator.kid === null) {
    checks.add(
      'operator',
      'unknown',
      `Your trust policy does not say which key ${operator.party} established itself with.`,
    );
  } else if (rootKid === operator.kid) {
    checks.add(
      'operator',
      'holds',
      `The parties were admitted by ${operator.party}, by the key that your trust policy names.`,
    );
  } else {
    checks.add(
      'operator',
      'fails',
      `Nothing here is signed by the key of ${operator.party} that your trust policy names.`,
    );
  }
}

/** A party nobody established has no chain; that it has none cannot be shown. */
function weighParties({ parties }: EvidenceBundle, state: ChainState, operator: string, checks: Checks): void {
  const named = partiesOf(state, operator as PartyId);
  const missing = [...named].filter((party) => !parties.some((there) => there.party === party));
  if (missing.length === 0)
    checks.add('parties', 'holds', `The chains of all ${named.size} parties that signed or are named are here.`);
  else checks.add('parties', 'unknown', `Who they are, since their chains are not here: ${missing.join(', ')}.`);
  checks.add(
    'parties',
    'unknown',
    'Whether others, whose chains are not here, had mandated somebody to sign in their name.',
  );
}

/** Two checkpoints of one size with different trees are two histories: the log has told somebody another one. */
function weighHistories(logs: readonly (readonly ShownEntry[])[], checks: Checks): void {
  let hasSeveral = false;
  for (const shown of logs) {
    const roots = new Map<number, Uint8Array>();
    for (const {
      under: { checkpoint },
    } of shown) {
      const known = roots.get(checkpoint.size);
      if (known !== undefined && !sameHash(known, checkpoint.root)) {
        checks.add(
          'one-history',
          'fails',
          `${checkpoint.origin} signed two different trees of ${checkpoint.size} entries.`,
        );
      }
      roots.set(checkpoint.size, checkpoint.root);
    }
    hasSeveral ||= roots.size > 1;
  }
  if (checks.hasFailed('one-history')) return;
  if (hasSeveral)
    checks.add(
      'one-history',
      'unknown',
      'The receipts are under checkpoints of several sizes; that one extends the other is not shown here.',
    );
  else checks.add('one-history', 'holds', 'Each log shows all its statements here under one checkpoint.');
}

function weighWitnesses(shown: readonly ShownEntry[], quorum: number, checks: Checks): void {
  if (quorum === 0) {
    checks.add(
      'witnesses',
      'unknown',
      'Whether the logs show everybody the same: your trust policy names no witnesses.',
    );
    return;
  }
  const fewest = Math.min(...shown.map(({ under }) => under.cosigned.length));
  const result = fewest >= quorum ? 'holds' : 'fails';
  checks.add(
    'witnesses',
    result,
    `Every checkpoint is cosigned by at least ${fewest} of the witnesses you trust; ${quorum} are wanted.`,
  );
}
