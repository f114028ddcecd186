// What a verifier of this deployment has to trust (docs/protocol, section 8). Only what there is: no log signs
// checkpoints yet and nobody cosigns them, and that is what it says.

import type { RegistryView } from '@unbroken/chains';
import type { TrustAnswer } from '@unbroken/contracts';
import { logNames, originOf } from '../logs.js';

/** The operator's root is the pinned one, else the one its party established itself with; null until it has. */
export const trustIn = ({ registry, deployment }: RegistryView): TrustAnswer => {
  const { operator: party, operatorKid } = registry.pinned;
  return {
    deployment,
    operator: { party, kid: operatorKid ?? registry.party(party)?.rootKid ?? null },
    logs: logNames.map((log) => ({ origin: originOf(log, deployment), vkey: null })),
    witnesses: [],
    quorum: 0,
  };
};
