// One page that listens: what it was told last, and whether it can take more now.

import type { ServerResponse } from 'node:http';

/** Milliseconds between two messages to one page, and after it was told to fetch everything again. */
const PAUSE_MS = 200;
const PAUSE_AFTER_RESET_MS = 1_000;

export class Listener {
  #readyAt = 0;
  #blocked = false;

  /**
   * @param at the change up to which it knows the picture; undefined: it wants to hear of what comes
   * @param drained told when a page that was slow can take more
   */
  constructor(
    private readonly response: ServerResponse,
    public at: number | undefined,
    private readonly drained: () => void,
  ) {}

  /** @param now milliseconds of a clock that never goes back */
  isReady(now: number): boolean {
    return !this.#blocked && now >= this.#readyAt;
  }

  /** A message that brings it to this change. */
  tell(message: string, change: number, now: number): void {
    this.at = change;
    this.#readyAt = now + PAUSE_MS;
    this.#write(message);
  }

  /** Told to fetch everything again: so it may take its time. */
  reset(message: string, change: number, now: number): void {
    this.tell(message, change, now);
    this.#readyAt = now + PAUSE_AFTER_RESET_MS;
  }

  /** A sign of life, which a page that is behind with reading does not need. */
  comment(text: string): void {
    if (!this.#blocked) this.#write(text);
  }

  /** At once: whoever does not read would hold up the end for ever. */
  end(): void {
    if (this.#blocked) this.response.destroy();
    else this.response.end();
  }

  /** What does not fit waits here, and no more is written until it is gone: then the page is told the newest. */
  #write(text: string): void {
    if (this.response.write(text)) return;
    this.#blocked = true;
    this.response.once('drain', () => {
      this.#blocked = false;
      this.drained();
    });
  }
}
