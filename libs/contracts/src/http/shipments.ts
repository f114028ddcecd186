// Drafting a shipment, and what sender, courier and receiver are shown of the chains that concern them
// (docs/protocol, section 8).

import { registered } from '@unbroken/custody';
import { z } from 'zod';

/**
 * What a sender says of a shipment. The contents are given as text, which is committed to and not kept, or as a
 * commitment made elsewhere. `policy` left out: the sender's newest one, else the default policy.
 */
export const shipmentDraft = registered.claims
  .pick({ iss: true, kind: true, to: true, via: true, class: true, basis: true, enc: true, due: true, pieces: true })
  .extend({
    refs: registered.claims.shape.refs,
    contents: z.union([
      z.strictObject({ text: z.string().min(1).max(100_000) }),
      z.strictObject({ commitment: registered.claims.shape.contents }),
    ]),
    policy: registered.claims.shape.policy.optional(),
  });
export type ShipmentDraft = z.infer<typeof shipmentDraft>;

/** Something that will stop the shipment, or surprise its sender, unless it is done in time. */
export const draftWarning = z.strictObject({ code: z.string(), detail: z.string(), cure: z.string() });
export type DraftWarning = z.infer<typeof draftWarning>;

/** The claims to sign as they are. `salt` (base64url) opens the commitment to the contents: the sender keeps both. */
export const draftAnswer = z.strictObject({
  sub: z.string(),
  /** `sub` as people read it on a label. */
  label: z.string(),
  claims: registered.claims,
  salt: z.string().optional(),
  warnings: z.array(draftWarning),
  /** What to do now, in order. */
  next: z.array(z.string()),
});
export type DraftAnswer = z.infer<typeof draftAnswer>;

const party = z.string().nullable();

/** One shipment as a party that has to do with it sees it. Times in seconds since 1970. */
export const shipmentView = z.strictObject({
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
    .strictObject({ tid: z.string(), from: z.string(), to: z.string(), mode: z.string(), until: z.number().nullable() })
    .nullable(),
});
export type ShipmentView = z.infer<typeof shipmentView>;

/** GET /sender/v1/shipments; `cursor` asks for the next page and is null on the last. */
export const shipmentsAnswer = z.strictObject({ shipments: z.array(shipmentView), cursor: z.string().nullable() });
export type ShipmentsAnswer = z.infer<typeof shipmentsAnswer>;

/** GET /courier/v1/custody: what waits for this party's acceptance, and what it has in hand. */
export const custodyAnswer = z.strictObject({ offered: z.array(shipmentView), held: z.array(shipmentView) });
export type CustodyAnswer = z.infer<typeof custodyAnswer>;

/** An expected shipment; `offered`: it stands at the door and waits for this party's acceptance. */
export const expectedView = shipmentView.extend({ offered: z.boolean() });
export type ExpectedView = z.infer<typeof expectedView>;

/** GET /receiver/v1/arrivals: what is on its way to this party, and what has come and is not confirmed yet. */
export const arrivalsAnswer = z.strictObject({ expected: z.array(expectedView), arrived: z.array(shipmentView) });
export type ArrivalsAnswer = z.infer<typeof arrivalsAnswer>;
