// A timestamp as an evidence bundle holds it (docs/protocol, section 9).

import { z } from 'zod';

export const timestampEvidence = z.strictObject({
  /** The signed checkpoint, exactly as it was stamped. */
  checkpoint: z.string(),
  /** The timestamp token (RFC 3161), DER in base64. */
  token: z.base64(),
  /** That the tree of the receipts extends the one of this checkpoint (RFC 6962): hashes in base64. */
  consistency: z.array(z.base64()).max(63),
});
export type TimestampEvidence = z.infer<typeof timestampEvidence>;
