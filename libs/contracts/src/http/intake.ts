// POST /<service>/v1/tokens (docs/protocol, section 8): what is sent and what comes back.

import { z } from 'zod';

/** How many tokens one request may carry. */
export const MOST_TOKENS = 500;

/** A batch of tokens of any party, and the uploading device's present clock in seconds since 1970, fractions allowed. */
export const tokensBody = z.strictObject({
  tokens: z.array(z.string()).min(1).max(MOST_TOKENS),
  clock: z.number().min(0).max(253402300799).optional(),
});
export type TokensBody = z.infer<typeof tokensBody>;

/** How many parcels one manifest may have. */
const MOST_PARCELS = 1000;

/** A whole manifest: the token that was signed, and the exact text of each item, in order (docs/protocol/manifests.md). */
export const manifestBody = z.strictObject({
  manifest: z.strictObject({ token: z.string(), items: z.array(z.string()).min(1).max(MOST_PARCELS) }),
  clock: tokensBody.shape.clock,
});
export type ManifestBody = z.infer<typeof manifestBody>;

/** Why one token of a batch was not taken: a problem detail (RFC 9457) with its stable code and the cure. */
export const tokenProblem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  pointer: z.string().optional(),
  cure: z.string(),
});
export type TokenProblem = z.infer<typeof tokenProblem>;

/** What became of a token in the ledger, as `Prefer: wait` tells it. `recordedAt` is RFC 3339, UTC. */
export const tokenOutcome = z.object({
  tid: z.string(),
  status: z.enum(['recorded', 'malformed', 'refused']),
  code: z.string().optional(),
  log: z.string().optional(),
  index: z.int().optional(),
  recordedAt: z.string().optional(),
  /** The tlog-proof, where a signed checkpoint covers it. */
  receipt: z.string().optional(),
});
export type TokenOutcome = z.infer<typeof tokenOutcome>;

/** One answer for each token, or parcel of a manifest, in the order they came: taken, taken and known, or not taken. */
export const tokensAnswer = z.object({
  tokens: z.array(z.union([tokenOutcome, z.object({ refused: tokenProblem }), z.object({ tid: z.string() })])),
  /** The hub's signed promise of all that was taken, a JWS; absent where an older hub answers. */
  promise: z.string().optional(),
});
export type TokensAnswer = z.infer<typeof tokensAnswer>;
