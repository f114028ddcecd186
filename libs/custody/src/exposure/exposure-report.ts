// What a chain says about who may have seen the contents of a parcel (docs/protocol, section 10): the statements it rests
// on, and apart from them what is computed.

import { z } from 'zod';
import { classes, encryption, hash, keyUses, kinds, party, sealId, tokenRef } from '../events/forms.js';

const seconds = z.int();

/** A statement of the chain: somebody's word. */
export const exposureStatement = z.object({
  tid: tokenRef,
  evt: z.string(),
  by: party,
  /** When it happened by the signer's own clock, in seconds; never after the record. */
  at: seconds,
  /** By the clock of the log, in milliseconds. */
  recordedAt: z.int(),
  grade: z.enum([...keyUses, 'root']),
});
export type ExposureStatement = z.infer<typeof exposureStatement>;

export const exposureKinds = ['wrong-hands', 'opened', 'claimed', 'finder', 'lost', 'unconfirmed'] as const;

/**
 * `wrong-hands`: held by another than the responsible party. `opened`: said to be open, or a seal differs. `claimed`: a party
 * signed for it that was handed nothing. `finder`: a stranger says they have it, unverified. `lost`: reported lost or stolen.
 * `unconfirmed`: another system calls it delivered and its consignee has said nothing.
 */
export const exposureWindow = z.object({
  kind: z.enum(exposureKinds),
  /** The last statement by which it was still in order: it cannot have begun earlier, if that one is true. Null: there is none. */
  from: exposureStatement.nullable(),
  /** The statement that shows it. */
  seen: exposureStatement,
  /** The statement by which it was in order again; null while there is none. */
  to: exposureStatement.nullable(),
  /** In whose hands meanwhile, in order; `party` null: somebody nobody knows. Times in seconds. */
  hands: z.array(z.object({ party: party.nullable(), from: seconds, to: seconds.nullable() })),
  /** Who answered for it when it began. */
  custodian: party.nullable(),
  sealsBefore: z.record(sealId, z.string()),
  sealsAfter: z.record(sealId, z.string()),
  /** `said`: a statement calls it opened; `seals`: a seal differs; `seals-intact`: all its seals were seen intact after. */
  opened: z.enum(['said', 'seals', 'seals-intact', 'unknown']),
});
export type ExposureWindow = z.infer<typeof exposureWindow>;

export const exposureReport = z.object({
  format: z.literal('custody-exposure/1'),
  sub: z.string(),
  /** Seconds: what is recorded by then is in it. */
  asOf: seconds,
  status: z.string(),
  /** Who is named by the chain, or took part in it. */
  parties: z.array(party),
  /** As its sender registered it; null where nothing that can be read registers it. */
  contents: z
    .object({
      class: z.enum(classes),
      kind: kinds,
      how: encryption,
      pieces: z.int(),
      commitment: hash,
      /** When the key to its contents was let go, in seconds; null where nobody says so. */
      keyReleased: seconds.nullable(),
    })
    .nullable(),
  windows: z.array(exposureWindow),
  /** Statements that could not be read, or wait for what they refer to: what they say is not in it. */
  unread: z.int(),
});
export type ExposureReport = z.infer<typeof exposureReport>;
