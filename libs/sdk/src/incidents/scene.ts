// The scene a step acts in: who is there, and the parcel it is about.

import type { PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { Hand, Registration } from '../signing/hand.js';
import type { Written } from '../signing/pen.js';
import type { NameOf } from '../words/names.js';
import type { IncidentsClient } from '../client/incidents-client.js';
import type { Member } from './cast.js';
import type { Stage } from './stage.js';

export class Scene<Role extends string = string> {
  readonly stage: Stage;
  readonly #cast: Readonly<Record<Role, Member>>;
  readonly #parcels: ShipmentId[] = [];
  readonly #written: Written[] = [];
  #saidLast: string | undefined;

  constructor(stage: Stage, cast: Readonly<Record<Role, Member>>) {
    this.stage = stage;
    this.#cast = cast;
  }

  /** The parcel registered last. */
  get sub(): ShipmentId {
    const sub = this.#parcels.at(-1);
    if (sub === undefined) throw new Error('this step comes before the parcel is registered');
    return sub;
  }

  get parcels(): readonly ShipmentId[] {
    return this.#parcels;
  }

  /** The token signed last: what a step without one of its own is about. */
  get last(): Written {
    const written = this.#written.at(-1);
    if (written === undefined) throw new Error('this step comes before anything is signed');
    return written;
  }

  readonly nameOf: NameOf = (party) => {
    const member = Object.values<Member>(this.#cast).find(({ id }) => id === party);
    return member?.name ?? party ?? 'nobody';
  };

  party(role: Role): PartyId {
    return this.#cast[role].id;
  }

  hand(role: Role, device: string): Hand {
    const hand = this.#cast[role].hands[device];
    if (hand === undefined) throw new Error(`${role} has no ${device}`);
    return hand;
  }

  /** What this party says and does about its incidents. */
  incidents(role: Role): IncidentsClient {
    return this.#cast[role].incidents;
  }

  /** Registers a parcel, which is what the story is about from here. */
  async register(hand: Hand, said: Registration): Promise<Written> {
    const written = await hand.register(said);
    this.#parcels.push(written.sub);
    return written;
  }

  wrote(written: Written): void {
    this.#written.push(written);
  }

  /** Whether this differs from what was asked about last. */
  isNews(text: string): boolean {
    const before = this.#saidLast;
    this.#saidLast = text;
    return before !== text;
  }

  /** The release that waits for its second signature. */
  async offer(): Promise<TokenId> {
    const { state } = await this.stage.client.chain(this.sub);
    const offer = state !== null && 'offer' in state ? state.offer : null;
    if (offer === null) throw new Error('nothing is on offer here');
    return offer.tid as TokenId;
  }
}
