// What the ledger answers under /ledger/v1 (docs/protocol, section 8). Times of recording are RFC 3339 in UTC, times
// that tokens speak of are seconds since 1970, `log` is a log's origin.

import { findingCodes, keyUses, publicJwk, roles } from '@unbroken/custody';
import { z } from 'zod';

const recordedAt = z.iso.datetime({ precision: 3 });
const index = z.int().min(0);

/**
 * GET /ledger/v1/tokens/{tid}. `pending` waits for its key, and `code` says so; `malformed` is recorded, but means
 * nothing; `refused` is in quarantine, and `code` says why.
 */
export const tokenStatus = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pending'), code: z.literal('token.unknown-key') }),
  z.object({ status: z.literal('recorded'), log: z.string(), index, recordedAt }),
  z.object({
    status: z.literal('malformed'),
    code: z.literal('token.malformed'),
    /** Which claim and how, never its value. */
    malformed: z.string(),
    log: z.string(),
    index,
    recordedAt,
  }),
  z.object({ status: z.literal('refused'), code: z.string(), pointer: z.string().optional() }),
]);
export type TokenStatus = z.infer<typeof tokenStatus>;

/** One token of a chain: its bytes as recorded, or, where they could not be read, the reason. */
export const chainToken = z.object({
  tid: z.string(),
  token: z.string().optional(),
  malformed: z.string().optional(),
  recordedAt,
  /** When a service of the hub took it, and the uploading device's own clock then; absent where neither was told. */
  receivedAt: recordedAt.optional(),
  deviceClock: recordedAt.optional(),
  log: z.string(),
  index,
  /** What kind of key signed it. */
  grade: z.enum(['root', ...keyUses]).nullable(),
  findings: z.array(z.enum(findingCodes)),
});
export type ChainToken = z.infer<typeof chainToken>;

export const shipmentState = z.object({
  status: z.string(),
  holder: z.string().nullable(),
  responsible: z.string().nullable(),
  consignee: z.string().nullable(),
  head: z.string().nullable(),
  seq: z.int().nullable(),
  offer: z
    .object({
      tid: z.string(),
      from: z.string(),
      to: z.string(),
      mode: z.enum(['meet', 'collect', 'drop']),
      until: z.number().nullable(),
    })
    .nullable(),
  /** How each seal was last seen, by its id. */
  seals: z.record(z.string(), z.string()),
  pieces: z.int().nullable(),
  closed: z.boolean(),
  disputed: z.array(z.string()),
  gaps: z.array(z.string()),
});
export type ShipmentState = z.infer<typeof shipmentState>;

/** Indices are those of the registry log. */
export const partyChainState = z.object({
  status: z.enum(['established', 'admitted', 'disputed']),
  head: z.string().nullable(),
  seq: z.int().nullable(),
  rootKid: z.string(),
  keys: z.array(
    z.object({
      kid: z.string(),
      use: z.enum(['root', ...keyUses]),
      roles: z.array(z.enum(roles)),
      person: z.string().optional(),
      idp: z.string().optional(),
      enrolledAt: index,
      revoked: z.object({ since: z.number(), at: index }).optional(),
    }),
  ),
  sites: z.array(
    z.object({ site: z.string(), geo: z.array(z.number()), radius: z.number(), hours: z.unknown().optional() }),
  ),
  mandates: z.array(
    z.object({ by: z.string(), to: z.string(), site: z.string().optional(), until: z.number().optional() }),
  ),
  policies: z.array(z.string()),
  disputed: z.array(z.string()),
  gaps: z.array(z.string()),
});
export type PartyChainState = z.infer<typeof partyChainState>;

/** GET /ledger/v1/chains/{sub}, of a shipment or of a party. The state of a party nobody established is null. */
export const chainAnswer = z.object({
  sub: z.string(),
  state: z.union([shipmentState, partyChainState]).nullable(),
  /** In the order of the log. */
  tokens: z.array(chainToken),
});
export type ChainAnswer = z.infer<typeof chainAnswer>;

/** GET /ledger/v1/trust: what a verifier has to trust. `vkey` is null where a ledger of an older version signs nothing. */
export const trustAnswer = z.object({
  deployment: z.string(),
  operator: z.object({ party: z.string(), kid: z.string().nullable() }),
  logs: z.array(z.object({ origin: z.string(), vkey: z.string().nullable() })),
  witnesses: z.array(z.object({ name: z.string(), vkey: z.string(), party: z.string() })),
  /** How many witnesses must have cosigned a checkpoint. */
  quorum: z.int().min(0),
  /** The keys that promises of the intakes are signed with; absent where an older hub answers. */
  promises: z.array(publicJwk).optional(),
  /**
   * Who stamps the checkpoints of the logs (RFC 3161), and the certificates, DER in base64, of them or their issuers.
   * Null: no timestamps are taken. Absent where an older hub answers.
   */
  timestamps: z
    .object({ authorities: z.array(z.string()), certificates: z.array(z.base64()) })
    .nullable()
    .optional(),
  /** Statements that one custody log succeeds another, signed by both (docs/protocol, section 6); absent where none does. */
  successions: z.array(z.string()).optional(),
});
export type TrustAnswer = z.infer<typeof trustAnswer>;
