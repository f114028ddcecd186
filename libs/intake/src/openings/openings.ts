// Keeps that something was opened, before it is shown: what a crash loses, nobody has seen. What one reader opens again
// within ten minutes is the same opening, so that a page which follows a chain does not flood the record.

import { MOST_OPENINGS, OPENING_SLOT_MS } from '@unbroken/contracts';
import type { Opening } from '@unbroken/contracts';
import { Outbox } from '@unbroken/platform';
import type { Clock, OutboxRow } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import type { Reader } from './readers.js';

export type OpenedOne = Pick<Opening, 'about' | 'what'> & { readonly owner?: Opening['owner'] };

/** Resolves when they are durable. */
export type KeepOpenings = (openings: readonly Opening[]) => Promise<void>;

export class Openings {
  /** Kept in this slot; only what is durable already is passed over. */
  readonly #known = new Set<string>();
  #slot = -1;

  constructor(
    private readonly keep: KeepOpenings,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when it may be shown. A crash before it: nothing was shown, and nothing is kept, or it is kept that something
   * was shown which never went out: rather too much than too little.
   */
  async opened(things: readonly OpenedOne[], reader: Reader): Promise<void> {
    const now = this.clock.now();
    this.#turnTo(Math.floor(now / OPENING_SLOT_MS));
    const slot = this.#slot;
    const fresh = new Map<string, Opening>();
    for (const { about, what, owner = null } of things) {
      const name = JSON.stringify([about, what, readerName(reader)]);
      if (!this.#known.has(name)) fresh.set(name, { at: new Date(now).toISOString(), about, what, owner, ...reader });
    }
    if (fresh.size === 0) return;
    await this.keep([...fresh.values()]);
    if (this.#slot === slot) for (const name of fresh.keys()) this.#known.add(name);
  }

  #turnTo(slot: number): void {
    if (slot === this.#slot) return;
    this.#slot = slot;
    this.#known.clear();
  }
}

/** Who it is, as far as it is told apart: a key, or else a source. */
export const readerName = ({ kid, source }: Pick<Reader, 'kid' | 'source'>): string => kid ?? source ?? '';

/** Where the service keeps no openings itself: over its outbox, to the ledger. */
export function openingsByOutbox(dataSource: DataSource, relay: { wake(): void }): KeepOpenings {
  const outbox = new Outbox();
  return async (openings) => {
    await dataSource.transaction((manager) => outbox.append(manager, messagesOf(openings)));
    relay.wake();
  };
}

function messagesOf(openings: readonly Opening[]): OutboxRow[] {
  const rows: OutboxRow[] = [];
  for (let from = 0; from < openings.length; from += MOST_OPENINGS) {
    const value = Buffer.from(JSON.stringify({ openings: openings.slice(from, from + MOST_OPENINGS) }));
    rows.push({ topic: 'platform.openings.v1', key: null, value, headers: {} });
  }
  return rows;
}
