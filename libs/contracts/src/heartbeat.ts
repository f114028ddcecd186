// The values of platform.heartbeats.v1 (docs/protocol, section 7): who reports that it is alive, and what it has seen.

import { patterns } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { z } from 'zod';

/** Key and `source` of the audit's heartbeat; there is one for each audit that was finished. */
export const AUDIT_SOURCE = 'audit';

/** When silence of the audit is an alert: a night and two hours to spare. */
export const LONGEST_WITHOUT_AUDIT_MS = 26 * 60 * 60 * 1000;

export const auditHeartbeat = z.object({
  source: z.literal(AUDIT_SOURCE),
  /** When it was finished. */
  at: z.iso.datetime({ precision: 3 }),
  logs: z.array(
    z.object({
      origin: z.string(),
      /** Entries. */
      size: z.int().min(0),
      /** Places that are not what was signed. */
      faults: z.int().min(0),
      /** Where there are any: a hash of what was found, the same for the same, and the first of it in one line. */
      found: z.object({ hash: z.string().regex(patterns.hash), first: z.string() }).optional(),
    }),
  ),
});
export type AuditHeartbeat = z.infer<typeof auditHeartbeat>;

/** Key and `source` of what the ledger says of this hub's promises: at each change, and every ten minutes. */
export const PROMISES_SOURCE = 'promises';

/** When silence about promises is an alert. */
export const LONGEST_WITHOUT_PROMISES_MS = 60 * 60 * 1000;

export const promisesHeartbeat = z.object({
  source: z.literal(PROMISES_SOURCE),
  at: z.iso.datetime({ precision: 3 }),
  /** Tokens that were promised to be recorded by now, and are neither recorded nor refused nor waiting for their key. */
  overdue: z.int().min(0),
  /** Where there are any: the one that fell due first, and when. */
  first: z
    .object({
      tid: z.string().regex(patterns.hash) as unknown as z.ZodType<TokenId, TokenId>,
      due: z.iso.datetime({ precision: 3 }),
    })
    .optional(),
});
export type PromisesHeartbeat = z.infer<typeof promisesHeartbeat>;
