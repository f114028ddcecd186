// What a person writes at a door and others read among other words: in a list, a message, a file, a notification. What is shown
// again is not held to it: it may have been written before.

import { z } from 'zod';

/** What ends a line unseen, and what turns the direction of the text around it (UAX #9): others' words would read otherwise. */
const UNSEEN = /[\u2028\u2029\u202A-\u202E\u2066-\u2069]/;

const seen = (asked: z.ZodString): z.ZodString =>
  asked.refine(
    (written) => !UNSEEN.test(written),
    'holds signs that nobody sees: of another line, or of another direction',
  );

/** Characters are code points. `asked`: with what is done with it before. */
export const oneLine = (least: number, most: number, asked = z.string()): z.ZodString =>
  seen(
    asked.regex(
      new RegExp(`^[^\\p{Cc}\\p{Cs}]{${least},${most}}$`, 'u'),
      `is not one line of ${least} to ${most} characters`,
    ),
  );

/** Such as why somebody does what they do. */
export const line = oneLine(1, 500, z.string().trim());

/** Several lines. */
export const text = seen(
  z
    .string()
    .trim()
    .regex(/^(?:[^\p{Cc}\p{Cs}]|\n){1,4000}$/u, 'is not text of 1 to 4,000 characters'),
);
