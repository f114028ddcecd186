// Drafting a shipment, and what sender, courier and receiver are shown of the chains that concern them
// (docs/protocol, section 8).

import type { ShipmentClaims } from '@unbroken/custody';
import { patterns } from '@unbroken/tokens';
import { z } from 'zod';

/** The form of a claim of `registered` is the event's own; it is read with the finished claims. */
const claim = z.unknown();

const hash = z.string().regex(patterns.hash, 'is not a hash, 43 characters of base64url');

/**
 * What a sender says of a shipment. The contents are given as text, which is committed to and not kept, or as a
 * commitment made elsewhere. `policy` left out: the sender's newest one, else the default policy.
 */
export const shipmentDraft = z.strictObject({
  iss: claim,
  kind: claim,
  to: claim,
  guest: claim.optional(),
  via: claim.optional(),
  class: claim,
  basis: claim.optional(),
  enc: claim,
  due: claim,
  pieces: claim,
  refs: claim.optional(),
  contents: z.union([z.strictObject({ text: z.string().min(1).max(100_000) }), z.strictObject({ commitment: hash })]),
  policy: hash.optional(),
});

/** A draft as it is written: the members that are claims in the form they have in `registered`. */
export type ShipmentDraft = Pick<
  ShipmentClaims<'registered'>,
  'iss' | 'kind' | 'to' | 'guest' | 'via' | 'class' | 'basis' | 'enc' | 'due' | 'pieces' | 'refs'
> &
  Pick<z.infer<typeof shipmentDraft>, 'contents' | 'policy'>;

/** Something that will stop the shipment, or surprise its sender, unless it is done in time. */
export const draftWarning = z.object({ code: z.string(), detail: z.string(), cure: z.string() });
export type DraftWarning = z.infer<typeof draftWarning>;

/** The claims to sign as they are. `salt` (base64url) opens the commitment to the contents: the sender keeps both. */
export const draftAnswer = z.object({
  sub: z.string(),
  /** `sub` as people read it on a label. */
  label: z.string(),
  claims: z.custom<ShipmentClaims<'registered'>>(),
  salt: z.string().optional(),
  warnings: z.array(draftWarning),
  /** What to do now, in order. */
  next: z.array(z.string()),
});
export type DraftAnswer = z.infer<typeof draftAnswer>;

const party = z.string().nullable();

/** One shipment as a party that has to do with it sees it. Times in seconds since 1970. */
export const shipmentView = z.object({
  sub: z.string(),
  status: z.string(),
  from: party,
  to: party,
  holder: party,
  responsible: party,
  due: z.number().nullable(),
  /** RFC 3339: when the chain last changed. */
  since: z.string().nullable(),
  pieces: z.number().nullable(),
  class: z.string().nullable(),
  /** A hand-off that waits for its second signature. */
  offer: z
    .object({ tid: z.string(), from: z.string(), to: z.string(), mode: z.string(), until: z.number().nullable() })
    .nullable(),
});
export type ShipmentView = z.infer<typeof shipmentView>;

/** GET /sender/v1/shipments; `cursor` asks for the next page and is null on the last. */
export const shipmentsAnswer = z.object({ shipments: z.array(shipmentView), cursor: z.string().nullable() });
export type ShipmentsAnswer = z.infer<typeof shipmentsAnswer>;

/**
 * GET /sender/v1/chains?party=, and the same of courier and receiver: every chain that names this party or that it took part
 * in, the newest first. `version` is another one whenever something was recorded in the chain; only the service that said
 * it can be asked what it has become.
 */
export const partyChainsAnswer = z.object({
  chains: z.array(z.object({ sub: z.string(), version: z.int() })),
  cursor: z.string().nullable(),
});
export type PartyChainsAnswer = z.infer<typeof partyChainsAnswer>;

/** GET /courier/v1/custody: what waits for this party's acceptance, and what it has in hand. */
export const custodyAnswer = z.object({
  offered: z.array(shipmentView),
  held: z.array(shipmentView),
  /** Where each list goes on, for `offered-after` and `held-after`; null where it ends. */
  cursors: z.object({ offered: z.string().nullable(), held: z.string().nullable() }),
});
export type CustodyAnswer = z.infer<typeof custodyAnswer>;

/** An expected shipment; `offered`: it stands at the door and waits for this party's acceptance. */
export const expectedView = shipmentView.extend({ offered: z.boolean() });
export type ExpectedView = z.infer<typeof expectedView>;

/** GET /receiver/v1/arrivals: what is on its way to this party, and what has come and is not confirmed yet. */
export const arrivalsAnswer = z.object({
  expected: z.array(expectedView),
  arrived: z.array(shipmentView),
  /** Both lists are of one page, newest first; null on the last. */
  cursor: z.string().nullable(),
});
export type ArrivalsAnswer = z.infer<typeof arrivalsAnswer>;
