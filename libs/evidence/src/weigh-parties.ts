// Whether the parties are those they must be: admitted by the operator that is trusted, all here, and nobody else.

import type { TrustAnswer } from '@unbroken/contracts';
import type { ChainState, Registry } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { EvidenceBundle } from './bundle.js';
import type { Checks } from './checks.js';
import { partiesOf } from './parties-of.js';
import type { ReadParties } from './read-parties.js';
import { policyOf } from './weigh-logs.js';
import type { Whose } from './weigh-logs.js';

export function weighOperator({ operator }: TrustAnswer, registry: Registry, whose: Whose, checks: Checks): void {
  // The key it established itself with: those that took over since were committed to, one by the other.
  const rootKid = registry.party(operator.party as PartyId)?.rootKids[0];
  const policy = policyOf(whose);
  if (operator.kid === null) {
    checks.add('operator', 'unknown', `Which key ${operator.party} established itself with: ${policy} does not say.`);
  } else if (rootKid === operator.kid) {
    checks.add('operator', 'holds', `The parties were admitted by ${operator.party}, by the key that ${policy} names.`);
  } else {
    checks.add('operator', 'fails', `Nothing here is signed by the key of ${operator.party} that ${policy} names.`);
  }
}

/** A party nobody established has no chain; that it has none cannot be shown. */
export function weighParties(
  { parties }: EvidenceBundle,
  { entries, registry }: ReadParties,
  state: ChainState,
  operator: string,
  checks: Checks,
): void {
  const named = partiesOf(state, operator as PartyId);
  const shown = new Set<string>(entries.map(({ listed }) => listed.party));
  const missing = [...named].filter((party) => !shown.has(party));
  if (missing.length === 0) {
    checks.add('parties', 'holds', `The chains of all ${named.size} parties that signed or are named are here.`);
  } else checks.add('parties', 'unknown', `Who they are, since their chains are not here: ${missing.join(', ')}.`);
  const wanted = new Set<string>([...named, ...registry.mandatesTo([...named]).map(({ by }) => by)]);
  for (const { party } of parties.filter(({ party }) => !wanted.has(party))) {
    checks.add('parties', 'fails', `The chain of ${party} is here and has nothing to do with this parcel.`);
  }
  checks.add(
    'parties',
    'unknown',
    'Whether others, whose chains are not here, had mandated somebody to sign in their name.',
  );
}
