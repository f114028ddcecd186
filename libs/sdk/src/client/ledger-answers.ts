// What the ledger tells of chains, tokens and itself (docs/protocol, section 8), as far as a client goes by it; members
// it does not know are passed over.

import { z } from 'zod';

const place = { log: z.string().optional(), index: z.int().optional(), recordedAt: z.string().optional() };

export const tokenAnswer = z.object({
  status: z.enum(['pending', 'recorded', 'malformed', 'refused']),
  code: z.string().optional(),
  ...place,
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

const chainToken = z.object({
  tid: z.string(),
  /** Absent where it is malformed. */
  token: z.string().optional(),
  malformed: z.string().optional(),
  /** RFC 3339. */
  recordedAt: z.string(),
  index: z.int(),
  /** The use of the key that signed. */
  grade: z.string().optional(),
  findings: z.array(z.string()),
});
export type ChainToken = z.infer<typeof chainToken>;

/** State and tokens of a shipment's or a party's chain; of the latter, what custody is about is absent. */
export const chainAnswer = z.object({
  sub: z.string(),
  state: z.object({
    status: z.string(),
    head: z.string().nullable(),
    seq: z.int().nullable(),
    holder: z.string().nullish(),
    responsible: z.string().nullish(),
    consignee: z.string().nullish(),
    /** Release that waits for its second signature; `until` in seconds since 1970. */
    offer: z
      .object({ tid: z.string(), from: z.string(), to: z.string(), mode: z.string(), until: z.number().nullish() })
      .nullish(),
    /** How each seal was last seen. */
    seals: z.record(z.string(), z.string()).optional(),
    pieces: z.number().nullish(),
    closed: z.boolean().optional(),
  }),
  tokens: z.array(chainToken),
});
export type ChainAnswer = z.infer<typeof chainAnswer>;

export const trustAnswer = z.object({
  /** What `aud` names. */
  deployment: z.string(),
  operator: z.object({ party: z.string(), kid: z.string().nullable() }),
});
export type TrustAnswer = z.infer<typeof trustAnswer>;
