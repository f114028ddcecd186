// The values of promises.due.v1 (docs/protocol, section 7): promises that have fallen due, told by the services that gave
// them, so that the ledger can say which were not kept.

import { patterns } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { z } from 'zod';

/** How many tokens one message names at most: some 70 kB. */
export const MOST_DUE = 500;

const hash = z.string().regex(patterns.hash);

export const promisesDue = z.object({
  /** Who gave the promises. */
  service: z.string(),
  tokens: z
    .array(
      z.object({
        tid: hash as unknown as z.ZodType<TokenId, TokenId>,
        /** SHA-256 of the bytes that were taken. */
        sum: hash,
        /** Whole seconds since 1970. */
        due: z.int().min(0),
      }),
    )
    .min(1)
    .max(MOST_DUE),
});
export type PromisesDue = z.infer<typeof promisesDue>;
export type DuePromise = PromisesDue['tokens'][number];
