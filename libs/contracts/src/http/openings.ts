// Who has seen this: what is kept when somebody opens a chain, a name, an export (docs/protocol, section 11). The values of
// platform.openings.v1, and the answers under /ledger/v1/openings.

import { patterns } from '@unbroken/tokens';
import type { KeyId, PartyId } from '@unbroken/tokens';
import { z } from 'zod';

/** What one reader opens again within so long is one opening: pages ask again whenever something changes. */
export const OPENING_SLOT_MS = 10 * 60_000;

/** How many openings one message of platform.openings.v1 names at most. */
export const MOST_OPENINGS = 100;

/**
 * What was shown: a chain from the ledger, or on the page; its entries with receipts; the bundle, or its PDF; entries of the
 * log in a row; an exposure report; an incident's file, its draft, or the register of them; how a finder can be called back.
 */
export const openedThings = [
  'chain',
  'page',
  'entries',
  'evidence',
  'evidence-pdf',
  'log-entries',
  'exposure',
  'incident',
  'draft',
  'register',
  'finder-contact',
] as const;
export type OpenedThing = (typeof openedThings)[number];

const party = z.string().regex(patterns.partyId) as unknown as z.ZodType<PartyId, PartyId>;
const key = z.string().regex(patterns.hash) as unknown as z.ZodType<KeyId, KeyId>;

export const opening = z.object({
  at: z.iso.datetime({ precision: 3 }),
  /** A shipment, a party, an incident's id, or `LOG/entries/N`: the 256 entries of the log from 256 · N on. */
  about: z.string().min(1).max(120),
  what: z.enum(openedThings),
  /** The party whose own it is; null for what belongs to nobody alone. */
  owner: party.nullable(),
  /** Who asked, as a key showed it: all three null where nothing did. */
  party: party.nullable(),
  kid: key.nullable(),
  person: z.string().nullable(),
  /** Of a reader whom nothing identified: the same all day for the same network, under a key that nobody keeps. */
  source: z.string().max(64).nullable(),
});
export type Opening = z.infer<typeof opening>;

export const openings = z.object({ openings: z.array(opening).min(1).max(MOST_OPENINGS) });
export type Openings = z.infer<typeof openings>;

/** `GET /ledger/v1/openings/{about}`: the newest first. */
export const openingsAnswer = z.object({
  about: z.string(),
  openings: z.array(
    opening.extend({
      /** Versions to come show other things. */
      what: z.string(),
      /** They opened it at `at`, and perhaps again until then. */
      until: z.iso.datetime({ precision: 3 }),
      /** The day whose seal covers it; null: the next one will. */
      sealed: z.iso.date().nullable(),
    }),
  ),
  cursor: z.string().nullable(),
  /**
   * From when (null: the beginning) until when openings are lost with the hub's database, of whatever it is about; `said`:
   * when its operator said so. Of a hub of before there are none.
   */
  gaps: z
    .array(
      z.object({
        from: z.iso.datetime({ precision: 3 }).nullable(),
        to: z.iso.datetime({ precision: 3 }),
        said: z.iso.datetime({ precision: 3 }).nullable(),
      }),
    )
    .default([]),
});
export type OpeningsAnswer = z.infer<typeof openingsAnswer>;
