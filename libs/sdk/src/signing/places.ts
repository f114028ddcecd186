// Where the next line token of a chain goes: as the hub says, or this device knows better.

import { askedTogether } from '../client/asked-together.js';
import type { Chains } from '../client/asked-together.js';
import { HubProblem, HubUnreachable } from '../client/hub-errors.js';
import type { DeviceOutbox } from '../outbox/device-outbox.js';
import type { PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { Place } from './place.js';

type Sub = ShipmentId | PartyId;

/** A place, and the release that waits there for its second signature, as far as the hub knows one. */
export interface ToldPlace extends Place {
  readonly offer?: TokenId;
}

export class Places {
  readonly #chains: Chains;
  readonly #outbox: DeviceOutbox | undefined;

  constructor(chains: Chains, outbox: DeviceOutbox | undefined) {
    this.#chains = chains;
    this.#outbox = outbox;
  }

  /** @throws HubProblem chain.unopened where nothing opens it; HubUnreachable where only a hub could know */
  async of(sub: Sub): Promise<Place> {
    const [place] = await this.ofAll([sub]);
    if (place === undefined) throw new Error(`no place was found for ${sub}`);
    const { prev, seq } = place;
    return { prev, seq };
  }

  /** The same of many, in their order; where no hub answers it is asked once, and not again for what this device knows. */
  async ofAll(subs: readonly Sub[]): Promise<readonly ToldPlace[]> {
    const unsettled = (await this.#outbox?.unsettledPlaces(subs)) ?? new Map<string, Place>();
    const all = (await this.#outbox?.places(subs, unsettled)) ?? unsettled;
    let isAway = false;
    return askedTogether(subs, async (sub) => {
      const known = all.get(sub);
      const told = isAway && known !== undefined ? 'away' : await this.#told(sub, known !== undefined);
      isAway ||= told === 'away';
      return (told === 'away' ? undefined : further(told, unsettled.get(sub))) ?? known ?? unopened(sub);
    });
  }

  /** Undefined where nothing opens the chain there; `away` where no hub answers and this device knows the place itself. */
  async #told(sub: Sub, isKnown: boolean): Promise<ToldPlace | 'away' | undefined> {
    try {
      const { state } = await this.#chains.chain(sub);
      const { head = null, seq = null } = state ?? {};
      if (head === null || seq === null) return undefined;
      const place = { prev: head as TokenId, seq: seq + 1 };
      await this.#outbox?.learn(sub, place);
      const offer = state !== null && 'offer' in state ? state.offer?.tid : undefined;
      return offer === undefined ? place : { ...place, offer: offer as TokenId };
    } catch (error) {
      if (isKnown && error instanceof HubUnreachable) return 'away';
      if (isKnown && hasNoSuchChain(error)) return undefined;
      throw error;
    }
  }
}

/** What opens it may still be in the outbox. */
const hasNoSuchChain = (error: unknown): boolean => error instanceof HubProblem && error.code === 'chain.unknown';

/** The further one: what this device has signed may not have reached the hub yet. What is settled, the hub knows. */
const further = (hub: ToldPlace | undefined, own: Place | undefined): ToldPlace | undefined =>
  hub === undefined || (own !== undefined && own.seq > hub.seq) ? own : hub;

function unopened(sub: Sub): never {
  throw new HubProblem({
    status: 409,
    code: 'chain.unopened',
    detail: `Nothing opens the chain of ${sub}: its first token has not reached the hub.`,
    cure: 'Post the token that opens it first, then sign this one again.',
  });
}
