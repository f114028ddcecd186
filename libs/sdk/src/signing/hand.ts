// What a party's device says of a parcel: one call an event (docs/protocol, section 3). Each signs, posts and answers
// what was written; where the hub says no it rejects with HubProblem.

import { defaultPolicyHash } from '@unbroken/custody';
import type { ShipmentClaims, ShipmentEvent } from '@unbroken/custody';
import { newJti, sha256Hash, shipmentId } from '@unbroken/tokens';
import type { Hash, ShipmentId } from '@unbroken/tokens';
import { Pen } from './pen.js';
import type { PenParts, Written } from './pen.js';
import type { Place } from './place.js';

/** What the pen says by itself. */
type Known = 'iss' | 'sub' | 'jti' | 'iat' | 'evt' | 'prev' | 'seq' | 'aud';

/** What is left to say with an event. */
export type Said<E extends ShipmentEvent> = Omit<ShipmentClaims<E>, Known>;

/** `policy` left out: the newest one the sender has published, else the default policy. */
export type Registration = Omit<Said<'registered'>, 'policy'> & { readonly policy?: Hash };

/** Another system's statement: its code in the mapping, when it says it happened, and the message it came in. */
export interface Scan {
  readonly what: string;
  /** Seconds since 1970. */
  readonly when: number;
  /** The source message as it came; only its hash is signed. */
  readonly source: string;
}

export interface WrittenShipment extends Written {
  readonly sub: ShipmentId;
}

export class Hand {
  readonly pen: Pen;

  constructor(parts: PenParts) {
    this.pen = new Pen(parts);
  }

  /** Opens a chain; its id follows from the token. */
  async register(said: Registration): Promise<WrittenShipment> {
    const { party } = this.pen;
    const jti = newJti();
    const sub = shipmentId(party, jti);
    const policy = said.policy ?? (await this.#newestPolicy());
    const written = await this.pen.open('registered', sub, { aud: await this.pen.deployment(), ...said, policy }, jti);
    return { ...written, sub };
  }

  seal(sub: ShipmentId, said: Said<'sealed'>, on?: Place): Promise<Written> {
    return this.pen.line('sealed', sub, said, on);
  }

  /** The second person of the sender agrees. */
  approve(sub: ShipmentId, said: Said<'approved'> = {}, on?: Place): Promise<Written> {
    return this.pen.remark('approved', sub, said, on);
  }

  /** As the sender: who took the contents out of a system, when, why, and onto what. */
  extract(sub: ShipmentId, said: Said<'extracted'>, on?: Place): Promise<Written> {
    return this.pen.remark('extracted', sub, said, on);
  }

  release(sub: ShipmentId, said: Said<'released'>, on?: Place): Promise<Written> {
    return this.pen.line('released', sub, said, on);
  }

  withdraw(sub: ShipmentId, said: Said<'withdrawn'> = {}, on?: Place): Promise<Written> {
    return this.pen.line('withdrawn', sub, said, on);
  }

  accept(sub: ShipmentId, said: Said<'accepted'>, on?: Place): Promise<Written> {
    return this.pen.line('accepted', sub, said, on);
  }

  refuse(sub: ShipmentId, said: Said<'refused'>, on?: Place): Promise<Written> {
    return this.pen.line('refused', sub, said, on);
  }

  confirm(sub: ShipmentId, said: Said<'confirmed'>, on?: Place): Promise<Written> {
    return this.pen.line('confirmed', sub, said, on);
  }

  /** The contents are taken into use and counted. */
  open(sub: ShipmentId, said: Said<'opened'>, on?: Place): Promise<Written> {
    return this.pen.line('opened', sub, said, on);
  }

  /** What is held was destroyed. */
  destroy(sub: ShipmentId, said: Said<'destroyed'>, on?: Place): Promise<Written> {
    return this.pen.line('destroyed', sub, said, on);
  }

  void(sub: ShipmentId, said: Said<'voided'>, on?: Place): Promise<Written> {
    return this.pen.line('voided', sub, said, on);
  }

  inspect(sub: ShipmentId, said: Said<'inspected'>, on?: Place): Promise<Written> {
    return this.pen.remark('inspected', sub, said, on);
  }

  attempt(sub: ShipmentId, said: Said<'attempted'>, on?: Place): Promise<Written> {
    return this.pen.remark('attempted', sub, said, on);
  }

  hold(sub: ShipmentId, said: Said<'held'>, on?: Place): Promise<Written> {
    return this.pen.remark('held', sub, said, on);
  }

  redirect(sub: ShipmentId, said: Said<'redirected'>, on?: Place): Promise<Written> {
    return this.pen.remark('redirected', sub, said, on);
  }

  report(sub: ShipmentId, said: Said<'reported'>, on?: Place): Promise<Written> {
    return this.pen.remark('reported', sub, said, on);
  }

  /** A third signature. */
  witness(sub: ShipmentId, said: Said<'witnessed'>, on?: Place): Promise<Written> {
    return this.pen.remark('witnessed', sub, said, on);
  }

  /** Of one's own token. */
  correct(sub: ShipmentId, said: Said<'corrected'>, on?: Place): Promise<Written> {
    return this.pen.remark('corrected', sub, said, on);
  }

  /** As the responsible party of a disputed chain. */
  settle(sub: ShipmentId, said: Said<'settled'>, on?: Place): Promise<Written> {
    return this.pen.remark('settled', sub, said, on);
  }

  /** As the sender: lets the key to an encrypted medium go; `wraps` is the hash of the wrapped key. */
  releaseKey(sub: ShipmentId, said: Said<'key-released'>, on?: Place): Promise<Written> {
    return this.pen.remark('key-released', sub, said, on);
  }

  /** As the finder desk: what a finder said. */
  find(sub: ShipmentId, said: Said<'found'>, on?: Place): Promise<Written> {
    return this.pen.remark('found', sub, said, on);
  }

  /** With a gateway key: repeats what another system says. */
  importScan(sub: ShipmentId, { what, when, source }: Scan, on?: Place): Promise<Written> {
    return this.pen.remark('imported', sub, { what, when, src: sourceHash(source) }, on);
  }

  async #newestPolicy(): Promise<Hash> {
    const { policies } = await this.pen.client.party(this.pen.party);
    return (policies.at(-1) as Hash | undefined) ?? defaultPolicyHash;
  }
}

/** The claim `src` of a message in another system's words. */
export const sourceHash = (message: string): Hash => sha256Hash(new TextEncoder().encode(message));
