// The signatures of manifests, each checked once however many pieces carry it: for a batch, then to be thrown away.

import { verifyToken } from '@unbroken/tokens';
import type { Envelope, PartyKey } from '@unbroken/tokens';

export class CheckedSignatures {
  readonly #checked = new Map<string, Promise<void>>();

  /**
   * By all bytes of the token and by the key: another signature over the same claims is another check.
   * @throws TokenRefused as verifyToken, each time it is asked again
   */
  verify(signed: Envelope, key: PartyKey): Promise<void> {
    const about = `${key.party} ${key.kid} ${signed.raw}`;
    const checked = this.#checked.get(about) ?? verifyToken(signed, key);
    this.#checked.set(about, checked);
    return checked;
  }

  /** How many were really checked. */
  get size(): number {
    return this.#checked.size;
  }
}
