// One party's key at work: says who and when, finds the place in the chain, signs, posts, and waits for the record.

import type { TrustAnswer } from '@unbroken/contracts';
import { newJti, mintToken, parseToken } from '@unbroken/tokens';
import type { Jti, PartyId, ShipmentId, Signer, TokenId } from '@unbroken/tokens';
import type { Door, UnbrokenClient } from '../client/unbroken-client.js';
import type { DeviceOutbox } from '../outbox/device-outbox.js';
import type { TokenKeeper } from '../promises/kept-token.js';
import { wellFormed } from './claims-refused.js';
import type { Place } from './place.js';
import { Places } from './places.js';
import { postByOutbox } from './post-by-outbox.js';
import type { SentByOutbox } from './post-by-outbox.js';
import { postNow } from './post-now.js';

export interface PenParts {
  readonly client: UnbrokenClient;
  readonly party: PartyId;
  readonly signer: Signer;
  /** The service that is asked to take the tokens. */
  readonly door: Door;
  /** Milliseconds since 1970: the device's clock. */
  readonly now: () => number;
  /** Seconds to wait for the record of each token; 0: do not wait. */
  readonly wait?: number;
  /** Keeps each token with the hub's promise or its receipt; left out: neither is kept, and no receipt is waited for. */
  readonly keeper?: TokenKeeper;
  /** Keeps each token before it is sent, and carries it in when a hub answers; with it, `keeper` is its own. */
  readonly outbox?: DeviceOutbox;
}

export interface Written {
  readonly tid: TokenId;
  readonly sub: ShipmentId | PartyId;
  readonly token: string;
  /** The hub has it for good, but had not recorded it when the waiting ended. */
  readonly pending: boolean;
  /** False: no hub has it yet. It is kept on this device and is carried in when one answers. */
  readonly carried: boolean;
}

type Sub = ShipmentId | PartyId;
type Statement = Readonly<Record<string, unknown>>;

const DEFAULT_WAIT_S = 10;

export class Pen {
  readonly party: PartyId;
  readonly signer: Signer;
  readonly client: UnbrokenClient;
  readonly #door: Door;
  readonly #now: () => number;
  readonly #wait: number;
  readonly #keeper: TokenKeeper | undefined;
  readonly #outbox: DeviceOutbox | undefined;
  readonly #places: Places;
  #trust: Promise<TrustAnswer> | undefined;

  constructor({ client, party, signer, door, now, wait = DEFAULT_WAIT_S, keeper, outbox }: PenParts) {
    this.client = client;
    this.party = party;
    this.signer = signer;
    this.#door = door;
    this.#now = now;
    this.#wait = wait;
    this.#keeper = keeper;
    this.#outbox = outbox;
    this.#places = new Places(client, outbox);
  }

  /** The name of the hub's deployment, for `aud`. */
  async deployment(): Promise<string> {
    return (await this.#trusted()).deployment;
  }

  #trusted(): Promise<TrustAnswer> {
    this.#trust ??= this.client.trust();
    this.#trust.catch(() => (this.#trust = undefined));
    return this.#trust;
  }

  /** Signs and posts the token that opens a chain. */
  open(evt: string, sub: Sub, said: Statement, jti: Jti = newJti()): Promise<Written> {
    return this.#write(evt, sub, jti, { seq: 0, ...said });
  }

  /** Signs and posts a line token; behind the head the hub tells, or at the place given. */
  async line(evt: string, sub: Sub, said: Statement, on?: Place): Promise<Written> {
    return this.#write(evt, sub, newJti(), { ...(on ?? (await this.place(sub))), ...said });
  }

  /** Signs and posts a remark, on the head the hub tells or on the one given. */
  async remark(evt: string, sub: Sub, said: Statement, on?: Pick<Place, 'prev'>): Promise<Written> {
    const { prev } = on ?? (await this.place(sub));
    return this.#write(evt, sub, newJti(), { prev, ...said });
  }

  /** Where the next line token of this chain goes: as the hub says, or this device knows better. */
  place(sub: Sub): Promise<Place> {
    return this.#places.of(sub);
  }

  async #write(evt: string, sub: Sub, jti: Jti, said: Statement): Promise<Written> {
    const now = this.#now();
    const claims = wellFormed({ iss: this.party, sub, jti, iat: Math.floor(now / 1000), evt, ...defined(said) });
    const token = await mintToken(claims, this.signer);
    const { tid } = parseToken(token);
    return { tid, sub, token, ...(await this.#send(token, tid, evt)) };
  }

  async #send(token: string, tid: TokenId, evt: string): Promise<SentByOutbox> {
    if (this.#outbox !== undefined) {
      return postByOutbox(this.#outbox, { token, tid, door: this.#door }, this.#wait);
    }
    const parts = {
      client: this.client,
      door: this.#door,
      clock: this.#now() / 1000,
      wait: this.#wait,
      keeper: this.#keeper,
    };
    const { pending } = await postNow(token, evt, { ...parts, trusted: () => this.#trusted() });
    return { pending, carried: true };
  }
}

/** A claim that is undefined is not said. */
const defined = (said: Statement): Statement =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
