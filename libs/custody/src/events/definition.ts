// What every event has in common: the claims of section 2 and its place in a chain. An event is one schema made here.

import { patterns } from '@unbroken/tokens';
import type { Jti, ShipmentId } from '@unbroken/tokens';
import { z } from 'zod';
import { hash, numericDate, party, site, tokenRef } from './forms.js';

const jti = z.string().regex(patterns.jti) as unknown as z.ZodType<Jti, Jti>;
/** Its check character was checked with the envelope; a pattern cannot. */
const shipment = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{17}$/) as unknown as z.ZodType<ShipmentId, ShipmentId>;

const everyToken = {
  iss: party,
  jti,
  iat: numericDate,
  when: numericDate.optional(),
  src: hash.optional(),
  by: hash.optional(),
  at: site.optional(),
  off: z.literal([0, 100, 250, 500, 1000, 5000, 50000]).optional(),
  media: z.array(hash).max(40).optional(),
  note: hash.optional(),
};

const seq = z.int().min(0);

export interface EventDefinition {
  readonly evt: string;
  readonly chain: 'shipment' | 'party';
  /** Line tokens move custody or seals and are numbered; remarks hang off a line token. */
  readonly place: 'opening' | 'line' | 'remark';
  /** Everything the token's payload may hold; anything else makes it malformed. */
  readonly claims: z.ZodType;
}

/** The line token that opens a shipment's chain: no `prev`, `seq` 0 by rule 10. */
export const opening = <E extends string, S extends z.core.$ZodShape>(evt: E, shape: S) => ({
  evt,
  chain: 'shipment' as const,
  place: 'opening' as const,
  claims: z.strictObject({ ...everyToken, sub: shipment, evt: z.literal(evt), seq, ...shape }),
});

/** A numbered token of a shipment's line. */
export const line = <E extends string, S extends z.core.$ZodShape>(evt: E, shape: S) => ({
  evt,
  chain: 'shipment' as const,
  place: 'line' as const,
  claims: z.strictObject({ ...everyToken, sub: shipment, evt: z.literal(evt), prev: tokenRef, seq, ...shape }),
});

/** The claims of every token but for those that an event asks for itself. */
const besides = <S extends z.core.$ZodShape>(shape: S) =>
  Object.fromEntries(Object.entries(everyToken).filter(([name]) => !(name in shape))) as unknown as Omit<
    typeof everyToken,
    keyof S
  >;

/** A token that adds to a shipment's chain without moving custody. */
export const remark = <E extends string, S extends z.core.$ZodShape>(evt: E, shape: S) => ({
  evt,
  chain: 'shipment' as const,
  place: 'remark' as const,
  claims: z.strictObject({ ...besides(shape), sub: shipment, evt: z.literal(evt), prev: tokenRef, ...shape }),
});

/** The line token that opens a party's chain. */
export const partyOpening = <E extends string, S extends z.core.$ZodShape>(evt: E, shape: S) => ({
  evt,
  chain: 'party' as const,
  place: 'opening' as const,
  claims: z.strictObject({ ...everyToken, sub: party, evt: z.literal(evt), seq, ...shape }),
});

export const partyLine = <E extends string, S extends z.core.$ZodShape>(evt: E, shape: S) => ({
  evt,
  chain: 'party' as const,
  place: 'line' as const,
  claims: z.strictObject({ ...everyToken, sub: party, evt: z.literal(evt), prev: tokenRef, seq, ...shape }),
});

export const partyRemark = <E extends string, S extends z.core.$ZodShape>(evt: E, shape: S) => ({
  evt,
  chain: 'party' as const,
  place: 'remark' as const,
  claims: z.strictObject({ ...everyToken, sub: party, evt: z.literal(evt), prev: tokenRef, ...shape }),
});
