// The policy document a shipment goes under (event `policed`): what its class needs before it may be dispatched, which
// ways are allowed, and how long people may take. Its SHA-256 is signed; the document itself is published beside it.

import { sha256Hash } from '@unbroken/tokens';
import type { Hash } from '@unbroken/tokens';
import { z } from 'zod';
import { classes, confidentiality, kinds, label, modes, personRef } from '../events/forms.js';
import type { Confidentiality } from '../events/forms.js';
import { workingHours } from './working-hours.js';

/** A rule binds from its class up: public < internal < personal < sensitive. */
const from = z.enum([...classes, 'never']);

const deadline = z.strictObject({
  seconds: z.int().min(1).max(31_536_000),
  /** Every second, or those in working hours alone. */
  counted: z.enum(['always', 'working']),
});
export type DeadlineRule = z.infer<typeof deadline>;

const way = z.strictObject({
  kind: kinds,
  modes: z.array(modes).min(1).max(3),
  /** The highest class that may go this way. */
  upTo: confidentiality,
});

/** As their keys' enrolments refer to them. */
const persons = z.array(personRef).min(1).max(100);

const ways = z.array(way).max(20);

const deadlines = z.strictObject({
  /** From `released` to its answer, by the release's mode, where the release itself names no `until`. */
  meet: deadline,
  collect: deadline,
  drop: deadline,
  /** From "delivered" in another system to the consignee's confirmation. */
  confirm: deadline,
  /** From `registered` to the sender's first release; absent: as `unsaid` has it. */
  dispatch: deadline.optional(),
  /** How long a parcel on its way may go without a word; counted in the hours of whoever holds it. Absent: as `unsaid`. */
  silent: deadline.optional(),
});

/** The policy document. Anything it does not name is refused, so that a misspelt rule never passes for none. */
export const policyDocument = z.strictObject({
  format: z.literal('custody-policy/1'),
  name: label,
  encryption: z.strictObject({
    from,
    accepted: z.array(z.enum(['age', 'luks', 'veracrypt', 'zip-aes', 'other'])).max(5),
  }),
  /** A second person of the sender agrees: any, or one of `by`, or one of `deputies` in the place of one of these. */
  approval: z
    .strictObject({ from, by: persons.optional(), deputies: persons.optional() })
    .refine(({ by, deputies }) => deputies === undefined || by !== undefined, {
      error: 'deputies stand in for somebody: name in `by` for whom',
      path: ['deputies'],
    }),
  /** A legal basis is named. */
  basis: z.strictObject({ from }),
  /** A position is wanted at the hand-off to the consignee; absent: never. */
  position: z.strictObject({ from }).optional(),
  ways,
  deadlines,
  /** Used where the site has no hours of its own. */
  hours: workingHours,
});
export type Policy = z.infer<typeof policyDocument>;

const rank = (of: Confidentiality): number => classes.indexOf(of);

/** Whether a rule binds a shipment of this class. An absent rule binds none. */
export function wants(rule: { readonly from: Confidentiality | 'never' } | undefined, of: Confidentiality): boolean {
  return rule !== undefined && rule.from !== 'never' && rank(of) >= rank(rule.from);
}

/** Whether a shipment of this kind and class may be handed over in this mode. */
export function allowsWay(
  policy: Policy,
  way: { readonly kind: z.infer<typeof kinds>; readonly mode: z.infer<typeof modes>; readonly class: Confidentiality },
): boolean {
  return policy.ways.some(
    ({ kind, modes, upTo }) => kind === way.kind && modes.includes(way.mode) && rank(way.class) <= rank(upTo),
  );
}

/** Whether the policy takes this way of encrypting for encrypted. */
export function acceptsEncryption(policy: Policy, how: string): boolean {
  return policy.encryption.accepted.some((accepted) => accepted === how);
}

/** The name of a policy document: SHA-256 of its UTF-8 bytes exactly as published. */
export const policyHash = (text: string): Hash => sha256Hash(new TextEncoder().encode(text));
