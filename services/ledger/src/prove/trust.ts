// What a verifier of this deployment has to trust (docs/protocol, section 8). Only what there is: where nobody cosigns the
// logs' checkpoints, that is what it says.

import type { RegistryView } from '@unbroken/chains';
import type { TrustAnswer } from '@unbroken/contracts';
import type { Authorities } from '../stamp/authorities.js';
import { allOf, originOf } from '../logs.js';
import type { LogKeys } from '../sign/log-keys.js';
import type { WitnessList } from '../witness/witness-list.js';

export class Trust {
  constructor(
    private readonly view: RegistryView,
    private readonly keys: LogKeys,
    private readonly outside: { readonly authorities: Authorities; readonly witnesses: WitnessList },
  ) {}

  /** The operator's root is the pinned one, else the one its party established itself with; null until it has. */
  async policy(): Promise<TrustAnswer> {
    const { registry, deployment } = this.view;
    const { operator: party, operatorKid } = registry.pinned;
    const { witnesses, quorum } = this.outside.witnesses;
    const { successions } = this.keys;
    const logs = allOf(await successions.logs()).map(async (log) => ({
      origin: originOf(log, deployment),
      vkey: (await this.keys.of(log)).vkey,
    }));
    return {
      deployment,
      operator: { party, kid: operatorKid ?? registry.party(party)?.rootKids[0] ?? null },
      logs: await Promise.all(logs),
      witnesses: witnesses.map(({ name, vkey, party }) => ({ name, vkey, party })),
      quorum,
      promises: [await this.keys.ofPromises()],
      timestamps: this.#timestamps(),
      ...withSuccessions((await successions.all()).map(({ statement }) => statement)),
    };
  }

  #timestamps(): TrustAnswer['timestamps'] {
    const { urls, certificates } = this.outside.authorities;
    if (urls.length === 0) return null;
    return {
      authorities: [...urls],
      certificates: certificates.map((der) => Buffer.from(der).toString('base64')),
    };
  }
}

/** Left out where no log has ended, as in the policies of before. */
const withSuccessions = (statements: string[]): Pick<TrustAnswer, 'successions'> =>
  statements.length === 0 ? {} : { successions: statements };
