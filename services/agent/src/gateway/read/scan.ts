// What is read out of a carrier's file, whatever its form: scans that can be signed, and what is wrong with the others.

import { isHash, isSiteId } from '@unbroken/tokens';
import type { Hash, SiteId } from '@unbroken/tokens';
import { z } from 'zod';
import type { Scheme } from '../mapping/mapping.js';
import { schemes } from '../mapping/mapping.js';

/** Where a file says it: a line of a CSV (from 1, the header counted), or an event of an EPCIS document (from 1). */
export const place = z.strictObject({ file: z.string(), unit: z.enum(['line', 'event']), no: z.int() });
export type Place = z.infer<typeof place>;

export interface ParcelNumber {
  readonly scheme: Scheme;
  /** As `registered.refs` writes it, or a shipment id as it is stored. */
  readonly number: string;
}

/** A scan as it is kept until its token is recorded. Nothing of the line is in it but what is signed. */
export const scan = z.strictObject({
  scheme: z.enum(schemes),
  number: z.string(),
  evt: z.string(),
  /** What the event says beside what the gateway fills in. */
  claims: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** The claim that is to be the parcel's consignee, known only when it is signed. */
  toConsignee: z.string().optional(),
  /** Seconds since 1970. */
  when: z.int(),
  at: z.custom<SiteId>(isSiteId).optional(),
  /** SHA-256 of the source message. */
  src: z.custom<Hash>(isHash),
  from: place,
});
export type Scan = z.infer<typeof scan>;

/** A line or event, or a part of it, that is not signed. */
export interface Fault {
  readonly from: Place;
  /** Its column, or its member as a JSON Pointer into the event; undefined: the whole of it. */
  readonly column?: string | undefined;
  /** What is wrong, one sentence. */
  readonly what: string;
  readonly cure: string;
}

export type Read =
  | { readonly kind: 'scan'; readonly scan: Scan }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** The mapping says that it is passed over. */
  | { readonly kind: 'skipped' };

/** One line, for people. */
export const faultLine = ({ from, column, what, cure }: Fault): string =>
  `${placeText(from)}${column === undefined ? '' : `, ${column}`}: ${what} ${cure}`;

export const placeText = ({ file, unit, no }: Place): string =>
  unit === 'line' ? `${file}:${no}` : `${file}, event ${no}`;
