// What finders tell, and what the finder desk is shown of it (docs/protocol, section 8, "The finder's page").

import { patterns } from '@unbroken/tokens';
import { z } from 'zod';
import { oneLine } from './written.js';

/** Where a finder says that the parcel is now; each is a value of the claim `left`. */
export const leftCodes = ['kept', 'where-found', 'post-office', 'police', 'handed-on', 'other'] as const;
export type LeftCode = (typeof leftCodes)[number];

/** Whatever a person can be called back by. */
const contact = oneLine(3, 200);

/** POST /found/{sub}, as a form or as JSON. `contact` left out: the finder stays anonymous. */
export const finderReport = z.strictObject({
  mine: z.enum(['yes', 'no']),
  opened: z.enum(['yes', 'no', 'unknown']),
  left: z.enum(leftCodes),
  contact: contact.optional(),
});
export type FinderReport = z.infer<typeof finderReport>;

/** What finder and desk know the report by: 40 random bits, such as 7K2M-9QX4. */
export const callbackCode = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);

/** The answer, whether there is such a shipment or not. */
export const finderAnswer = z.object({ callback: callbackCode });
export type FinderAnswer = z.infer<typeof finderAnswer>;

/** One report as the desk sees it. Times are RFC 3339. */
export const foundReport = z.object({
  callback: callbackCode,
  sub: z.string(),
  mine: z.boolean(),
  opened: z.enum(['yes', 'no', 'unknown']),
  left: z.enum(leftCodes),
  /** Null where the finder stayed anonymous, or once it was erased. */
  contact: z.string().nullable(),
  toldAt: z.string(),
  /** The `found` token; null while no such shipment is known here. */
  tid: z.string().nullable(),
  calledBack: z.object({ by: z.string(), at: z.string(), witnessed: z.string() }).nullable(),
});
export type FoundReport = z.infer<typeof foundReport>;

/** GET /receiver/v1/found: the newest first; `cursor` asks for the next page and is null on the last. */
export const foundReports = z.object({ reports: z.array(foundReport), cursor: z.string().nullable() });
export type FoundReports = z.infer<typeof foundReports>;

/** POST /receiver/v1/found/{callback}/called-back: the `witnessed` token by which a person stands for the report. */
export const calledBack = z.strictObject({
  witnessed: z.string().regex(patterns.hash, 'is not the id of a token, 43 characters of base64url'),
});
