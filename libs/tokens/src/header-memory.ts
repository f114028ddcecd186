// One key signs thousands of tokens under one header: it is read once, and known by its bytes from then on.
import type { Header } from './envelope.js';

/** So many are remembered; then it begins anew, and nothing is lost but time. */
const MOST = 10_000;
/** Those that people write have half of it; what anybody may send is not kept in any length. */
const LONGEST = 256;

export class HeaderMemory {
  readonly #headers = new Map<string, Header>();

  /** The header that was read from this base64url before. */
  known(part: string): Header | undefined {
    return this.#headers.get(part);
  }

  /** @param part base64url; a text of its own, for as a part of a longer one it would keep all of that alive */
  remember(part: string, header: Header): void {
    if (part.length > LONGEST) return;
    if (this.#headers.size >= MOST) this.#headers.clear();
    this.#headers.set(part, header);
  }
}
