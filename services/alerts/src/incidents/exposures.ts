// Exposure reports of chains, for whoever the chain names or auditors and the operator (docs/protocol, sections 6 and 10).

import { mayRead } from '@unbroken/chains';
import type { Asking, ChainStore } from '@unbroken/chains';
import { exposureOf, readersOf } from '@unbroken/custody';
import type { ExposureReport } from '@unbroken/custody';
import { Problem } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import { readShipmentId } from '@unbroken/tokens';
import type { PartyId, ShipmentId } from '@unbroken/tokens';

export class Exposures {
  constructor(
    private readonly chains: Pick<ChainStore, 'get' | 'getMany'>,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 for a chain that is not known here, and for one that the party is not in: which is not told */
  async of(typed: string, asking: Asking): Promise<ExposureReport> {
    const sub = readShipmentId(typed);
    const state = sub === null ? undefined : await this.chains.get(sub);
    if (state === undefined || !mayRead(asking, state)) throw unknown(typed);
    return exposureOf(state, Math.floor(this.clock.now() / 1000));
  }

  /**
   * Of an incident's chains, in the order asked for; left out are those not known here, and those that do not name the
   * incident's owner: whoever took a parcel unnamed is told of its alerts, and reads nothing by a detour.
   */
  async ofMany(subs: readonly ShipmentId[], owner: PartyId): Promise<readonly ExposureReport[]> {
    const states = await this.chains.getMany(subs);
    const now = Math.floor(this.clock.now() / 1000);
    return subs.flatMap((sub) => {
      const state = states.get(sub);
      return state !== undefined && readersOf(state).has(owner) ? [exposureOf(state, now)] : [];
    });
  }
}

const unknown = (typed: string): Problem =>
  new Problem({
    status: 404,
    code: 'chain.unknown',
    title: 'No such chain for you',
    detail: `Nothing is recorded of ${typed.slice(0, 40)}, or your party is neither named by it nor took part in it`,
    pointer: '/sub',
    cure: 'Compare the id with the label; ask with a key of a party that the chain names, or as auditor',
  });
