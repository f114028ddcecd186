// The signatures of manifests, each checked once however many pieces carry it.

import type { Envelope, KeyId, PartyId } from '@unbroken/tokens';
import { isPiece, tokenOfPiece } from './piece.js';

/** So many are remembered; then it begins anew, and nothing is lost but time. */
const MOST_CHECKED = 1000;

export class CheckedSignatures<K extends { readonly party: PartyId; readonly kid: KeyId }> {
  readonly #verify: (envelope: Envelope, key: K) => void;
  readonly #held = new Set<string>();

  /** @param verify checks a signature, and throws where it does not hold */
  constructor(verify: (envelope: Envelope, key: K) => void) {
    this.#verify = verify;
  }

  /**
   * That of a piece by all bytes of the token that was signed and by the key: another signature over the same claims is
   * another check. That of a token each time. Only one that held is remembered.
   */
  verify(envelope: Envelope, key: K): void {
    if (!isPiece(envelope.raw)) {
      this.#verify(envelope, key);
      return;
    }
    const about = `${key.party} ${key.kid} ${tokenOfPiece(envelope.raw)}`;
    if (this.#held.has(about)) return;
    this.#verify(envelope, key);
    if (this.#held.size >= MOST_CHECKED) this.#held.clear();
    this.#held.add(about);
  }
}
