// What verification says of some bytes. Plain values: they cross from a worker thread to the ledger's.

import type { KeyId, PartyId, RefusalCode, ShipmentId, TokenId } from '@unbroken/tokens';

/** What could be read of a token before anything was said about its key. */
export interface Reading {
  readonly tid: TokenId;
  readonly kid: KeyId;
  readonly sub: ShipmentId | PartyId;
}

/** Envelope, key and signature hold. */
export interface Sound extends Reading {
  readonly is: 'sound';
}

/** Envelope, key and signature hold, but the claims are not those of an event known here. */
export interface Malformed extends Reading {
  readonly is: 'malformed';
  /** ASCII without spaces: which claim and how, never its value. */
  readonly reason: string;
}

/** Nobody has enrolled the key yet, or its party is not admitted. */
export interface UnknownKey extends Reading {
  readonly is: 'unknown-key';
}

export interface Refused extends Partial<Reading> {
  readonly is: 'refused';
  readonly code: RefusalCode;
  /** Where: a JSON pointer, or the name of a part. */
  readonly pointer?: string;
}

/** A token of a party's chain: which key may sign it depends on the tokens before it, so it is judged in log order. */
export interface OfPartyChain extends Reading {
  readonly is: 'party-chain';
}

export type Judgement = Sound | Malformed | UnknownKey | Refused;
export type Verdict = Judgement | OfPartyChain;
