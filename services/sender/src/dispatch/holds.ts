// Whether a token will be recorded: an approval that was never signed must not open the door.

import type { Registry } from '@unbroken/custody';
import { TokenRefused } from '@unbroken/tokens';
import type { Envelope } from '@unbroken/tokens';
import { importKey, verifyTokenSync } from '@unbroken/tokens/node';

/** `forged`: its key is known and did not sign it. `unknown-key`: the ledger lets it wait. */
export function holds(envelope: Envelope, registry: Registry): 'signed' | 'unknown-key' | 'forged' {
  const key = registry.keyAt(envelope.header.kid);
  if (key === undefined) return 'unknown-key';
  try {
    verifyTokenSync(envelope, { ...importKey(key.jwk), party: key.party });
    return 'signed';
  } catch (error) {
    if (error instanceof TokenRefused) return 'forged';
    throw error;
  }
}
