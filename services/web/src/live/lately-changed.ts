// Which rows have just changed, so that each glows once where it is in view, and not again when it is scrolled to later.

import type { ChainRow } from '@unbroken/contracts';

const GLOW_MS = 2000;

export class LatelyChanged {
  readonly #at = new Map<string, number>();

  note(rows: readonly ChainRow[]): void {
    const now = Date.now();
    for (const [sub, at] of this.#at) if (now - at > GLOW_MS) this.#at.delete(sub);
    for (const { sub } of rows) this.#at.set(sub, now);
  }

  /** When it changed, milliseconds since 1970, if that is so short ago that it should still glow. */
  changedAt(sub: string): number | undefined {
    const at = this.#at.get(sub);
    return at !== undefined && Date.now() - at <= GLOW_MS ? at : undefined;
  }
}
