// What the registry log says beyond keys: the policy a shipment goes under, and when a party works.

import type { Hash } from '@unbroken/tokens';
import type { JudgeContext } from '../judge/judged.js';
import { defaultPolicy } from '../policy/default-policy.js';
import type { Policy } from '../policy/policy.js';
import type { Registry } from './registry.js';

/** Asked as of now: both may grow while it is used. `documents` are the published policies, by their hashes. */
export const rulesOf = (registry: Registry, documents: ReadonlyMap<Hash, Policy>): JudgeContext => ({
  /**
   * The policy a shipment goes under: the one its `registered` names, where its sender had published that by then and
   * the document is known; else the default one.
   */
  policyOf({ sender, policy, opening }) {
    if (sender === null || policy === null || opening === null) return defaultPolicy;
    const published = registry.hasPolicy(sender, policy, opening.registrySize);
    return (published ? documents.get(policy) : undefined) ?? defaultPolicy;
  },
  /** A party has one calendar: that of the first of its sites that says any. */
  hoursOf: (party) => registry.sitesOf(party).find(({ hours }) => hours !== undefined)?.hours,
});
