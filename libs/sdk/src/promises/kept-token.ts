// What a party keeps of each token it has posted: the hub's promise to record it, until it holds the receipt
// (docs/protocol, section 8, "Promises").

import { z } from 'zod';

export const keptToken = z.strictObject({
  format: z.literal('unbroken-kept/1'),
  /** The token as it was posted. */
  token: z.string(),
  /** The hub's signed promise, a JWS; the receipt takes its place. */
  promise: z.string().optional(),
  /** The tlog-proof. */
  receipt: z.string().optional(),
});
export type KeptToken = z.infer<typeof keptToken>;

/** Where tokens are kept with what the hub gave for them; one that is kept again replaces what was kept of it. */
export interface TokenKeeper {
  keep(kept: KeptToken): Promise<void>;
}

/** Undefined for a text that is none. */
export function readKeptToken(text: string): KeptToken | undefined {
  try {
    return keptToken.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
