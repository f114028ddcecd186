// What a sentence about an alert may speak of: the token, the chain as it stands, and parties by their names.

import { isMalformed } from '@unbroken/custody';
import type { ChainState, Recorded, ShipmentClaims, ShipmentEvent } from '@unbroken/custody';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { NameOf } from './name-of.js';

/** What an alert says of itself beyond its code. */
export interface Occasion {
  /** The token that the finding is about. */
  readonly tid: TokenId;
  /** For a missed deadline: when it fell due. */
  readonly dueAt: Date | null;
  /** For a missed deadline: nobody was there to notice when it fell due. */
  readonly late: boolean;
  /** For `token.refused`: why; null where it is not known here. */
  readonly refusal: string | null;
}

/** As much of a chain as sentences speak of; of the history the token, and the release it answers, are enough. */
export type ChainFacts = Pick<ChainState, 'consignee' | 'pieces' | 'history'>;

export class Facts {
  readonly #token: Recorded | undefined;

  constructor(
    readonly alert: Occasion,
    readonly state: ChainFacts | undefined,
    private readonly nameOf: NameOf,
  ) {
    this.#token = this.#find(alert.tid);
  }

  /** The claims of the token the alert is about, where they can be read. */
  get claims(): ShipmentClaims | undefined {
    return claimsOf(this.#token);
  }

  /** The claims, where the token is of this kind. */
  readonly said = <E extends ShipmentEvent>(evt: E): ShipmentClaims<E> | undefined => {
    const { claims } = this;
    return claims?.evt === evt ? (claims as ShipmentClaims<E>) : undefined;
  };

  /** Why the token could not be read. */
  get malformed(): string | undefined {
    return this.#token !== undefined && isMalformed(this.#token) ? this.#token.malformed : undefined;
  }

  /** Who signed it. */
  get signer(): string {
    return this.name(this.claims?.iss);
  }

  get consignee(): string {
    return this.name(this.state?.consignee);
  }

  readonly name = (party: PartyId | null | undefined): string => (party == null ? 'Somebody' : this.nameOf(party));

  /** The release that an acceptance answers, by `rel` or else by `prev`. */
  get release(): ShipmentClaims<'released'> | undefined {
    const accepted = this.said('accepted');
    const claims = accepted && claimsOf(this.#find(accepted.rel ?? accepted.prev));
    return claims?.evt === 'released' ? claims : undefined;
  }

  /** What its signer was doing when it saw what it says, to be put after that; empty where the word says it itself. */
  get meanwhile(): string {
    const occasion = this.claims && occasions[this.claims.evt];
    return occasion === undefined ? '' : ` ${occasion}`;
  }

  /** Ids of the seals this token saw in that state. */
  readonly sealsSeen = (...states: readonly string[]): string => {
    const { claims } = this;
    const seen = claims !== undefined && claims.evt !== 'sealed' && 'seals' in claims ? (claims.seals ?? {}) : {};
    const ids = Object.entries(seen).flatMap(([id, state]) => (states.includes(state) ? [id] : []));
    return ids.length === 1 ? `seal ${ids.join('')}` : `seals ${ids.join(', ')}`;
  };

  /** How far the uploading device's clock was off, in seconds. */
  get drift(): number | undefined {
    return this.#token?.drift;
  }

  /** When it fell due, as people read it. */
  get due(): string {
    return momentOf(this.alert.dueAt);
  }

  #find(tid: TokenId): Recorded | undefined {
    return this.state?.history.find((recorded) => recorded.tid === tid);
  }
}

/** The same is often found twice, at the hand-off and at the desk: so each says where. */
const occasions: Partial<Record<ShipmentEvent, string>> = {
  accepted: 'when accepting it',
  confirmed: 'when confirming its arrival',
  inspected: 'on inspection',
  released: 'when handing it on',
};

const claimsOf = (recorded: Recorded | undefined): ShipmentClaims | undefined =>
  recorded === undefined || isMalformed(recorded) ? undefined : recorded.claims;

const momentOf = (at: Date | null): string =>
  at === null ? 'then' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
