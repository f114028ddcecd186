// What its sender registered a parcel as: a statement like any other, and the one that says what it is all about.

import type { ChainAnswer } from '@unbroken/contracts';
import type { ShipmentClaims } from '@unbroken/custody';
import type { NameOf } from './name-of.js';
import { claimsOf } from './read-token.js';

export interface ParcelFacts {
  readonly from: string;
  readonly to: string;
  /** Couriers, in order. */
  readonly via: readonly string[];
  /** "sensitive, physical, 1 piece, encrypted with veracrypt" */
  readonly what: string;
  /** Seconds since 1970. */
  readonly due: number;
  /** "s10 RR123456785DK" */
  readonly refs: readonly string[];
}

/** Undefined where nothing that can be read registers it. */
export function parcelOf({ tokens }: ChainAnswer, name: NameOf): ParcelFacts | undefined {
  const registered = tokens.map(claimsOf).find(isRegistered);
  if (registered === undefined) return undefined;
  const { iss, to, via, kind, pieces, enc, due, refs } = registered;
  const counted = `${pieces} piece${pieces === 1 ? '' : 's'}`;
  const encrypted = enc.how === 'none' ? 'not encrypted' : `encrypted with ${enc.how}`;
  return {
    from: name(iss),
    to: name(to),
    via: (via ?? []).map(name),
    what: [registered.class, kind, counted, encrypted].join(', '),
    due,
    refs: Object.entries(refs ?? {}).map(([scheme, number]) => `${scheme} ${number}`),
  };
}

const isRegistered = (claims: ReturnType<typeof claimsOf>): claims is ShipmentClaims<'registered'> =>
  claims?.evt === 'registered';
