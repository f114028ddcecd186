// What the registry log says beyond keys: the policy a shipment goes under, and when a party works.

import type { Hash, PartyId, SiteId } from '@unbroken/tokens';
import type { JudgeContext } from '../judge/judged.js';
import { defaultPolicy } from '../policy/default-policy.js';
import type { Policy } from '../policy/policy.js';
import type { WorkingHours } from '../policy/working-hours.js';
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
  /** The site's own hours, also where it is another party's; else the party's: those of its first site that says any. */
  hoursOf: (party, site) =>
    (site == null ? undefined : hoursAt(registry, site)) ??
    registry.sitesOf(party).find(({ hours }) => hours !== undefined)?.hours,
});

const hoursAt = (registry: Registry, site: SiteId): WorkingHours | undefined =>
  registry.sitesOf(site.slice(0, site.indexOf('/')) as PartyId).find((place) => place.site === site)?.hours;
