// GET /registry/v1/parties/{id}, …/jwks.json, …/namesakes and POST /registry/v1/policies (docs/protocol, section 8).

import { z } from 'zod';

const publicMembers = { kty: z.string(), crv: z.string(), x: z.string(), y: z.string().optional() };

/** A party as the registry log knows it now. Every `since` is an index of that log. */
export const partyAnswer = z.object({
  party: z.string(),
  name: z.string(),
  /** Granted by the operator; what it asked for is in `asked`. */
  roles: z.array(z.string()),
  asked: z.array(z.string()),
  admitted: z.boolean(),
  rootKid: z.string(),
  sites: z.array(
    z.object({
      site: z.string(),
      /** Latitude and longitude, times 10 000. */
      geo: z.array(z.number()),
      /** Metres. */
      radius: z.number(),
      hours: z.unknown().optional(),
    }),
  ),
  keys: z.array(
    z.object({
      kid: z.string(),
      use: z.string(),
      roles: z.array(z.string()),
      since: z.int(),
      /** Seconds since 1970: what it signed from then on does not count. */
      revoked: z.number().optional(),
    }),
  ),
  policies: z.array(z.string()),
});
export type PartyAnswer = z.infer<typeof partyAnswer>;

/** Other admitted parties whose name reads the same: case, spaces and how its letters are encoded make no difference. */
export const namesakesAnswer = z.object({
  parties: z.array(partyAnswer.pick({ party: true, name: true, roles: true })),
});
export type NamesakesAnswer = z.infer<typeof namesakesAnswer>;

/** RFC 7517 key set; what the protocol knows of a key besides stands under `unbroken`. */
export const jwksAnswer = z.object({
  keys: z.array(
    z.object({
      ...publicMembers,
      kid: z.string(),
      alg: z.enum(['ES256', 'Ed25519']),
      use: z.literal('sig'),
      unbroken: z.object({ use: z.string(), roles: z.array(z.string()) }),
    }),
  ),
});
export type JwksAnswer = z.infer<typeof jwksAnswer>;

/** The hash to name in `policed` and in `registered`: base64url SHA-256 of the document's bytes as they were sent. */
export const policyAnswer = z.object({ policy: z.string() });
export type PolicyAnswer = z.infer<typeof policyAnswer>;
