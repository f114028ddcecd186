// Consignees without keys: who they are, kept where it can be erased, and the code by which they confirm
// (docs/protocol, section 8, "Guests").

import { patterns } from '@unbroken/tokens';
import { z } from 'zod';
import { oneLine } from './written.js';

const name = oneLine(1, 200);
const email = z.email('is not an e-mail address').max(200);
/** ITU-T E.164, without spaces. */
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'is not a number with its country, such as +4512345678');
/** Of what they are sent. */
const language = z.enum(['en', 'da', 'fr']).default('en');
/** 32 random bytes, base64url. */
const salt = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is not 32 bytes of base64url');

/** POST /receiver/v1/guests: reached by e-mail or by phone, not by both. */
export const guestDetails = z.union([
  z.strictObject({ name, email, language, salt }),
  z.strictObject({ name, phone, language, salt }),
]);
export type GuestDetails = z.input<typeof guestDetails>;

/** What the claim `guest` commits to, with that salt: two lines, the name and how they are reached. */
export const guestText = (guest: GuestDetails): string =>
  'email' in guest ? `${guest.name}\nemail:${guest.email}` : `${guest.name}\nphone:${guest.phone}`;

/** The claim to sign. */
export const guestAnswer = z.object({ guest: z.string().regex(patterns.hash) });

/** POST /receiver/v1/codes. The answer says when a code that is sent runs out, whether one is sent or not. */
export const codeAsked = z.strictObject({ sub: z.string() });
export const codeAnswer = z.object({ until: z.string() });

const sealId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/);
const seals = z.record(sealId, z.enum(['intact', 'broken', 'missing', 'other', 'unobserved']));

/** POST /receiver/v1/codes/confirm: what the guest says of what they hold. */
export const codeConfirmation = z.strictObject({
  sub: z.string(),
  code: z.string().max(40),
  pieces: z.int().min(0).max(1_000_000),
  unopened: z.boolean(),
  seals: seals.optional(),
});
export type CodeConfirmation = z.infer<typeof codeConfirmation>;

/** The `confirmed` token of the code desk. */
export const codeConfirmed = z.object({ sub: z.string(), tid: z.string() });
export type CodeConfirmed = z.infer<typeof codeConfirmed>;
