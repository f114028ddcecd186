// What a verifier of this deployment has to trust (docs/protocol, section 8). Only what there is: where nobody cosigns the
// logs' checkpoints, that is what it says.

import type { RegistryView } from '@unbroken/chains';
import type { TrustAnswer } from '@unbroken/contracts';
import { logNames, originOf } from '../logs.js';
import type { LogKeys } from '../sign/log-keys.js';
import type { WitnessList } from '../witness/witness-list.js';

/** The operator's root is the pinned one, else the one its party established itself with; null until it has. */
export async function trustIn(
  { registry, deployment }: RegistryView,
  keys: LogKeys,
  { witnesses, quorum }: WitnessList,
): Promise<TrustAnswer> {
  const { operator: party, operatorKid } = registry.pinned;
  const logs = logNames.map(async (log) => ({ origin: originOf(log, deployment), vkey: (await keys.of(log)).vkey }));
  return {
    deployment,
    operator: { party, kid: operatorKid ?? registry.party(party)?.rootKid ?? null },
    logs: await Promise.all(logs),
    witnesses: witnesses.map(({ name, vkey, party }) => ({ name, vkey, party })),
    quorum,
    promises: [await keys.ofPromises()],
  };
}
