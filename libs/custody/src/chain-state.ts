// The state of one shipment's chain: plain JSON, so that it can be stored, published and shown as it is.

import type { Hash, KeyId, PartyId, ShipmentId, SiteId, TokenId } from '@unbroken/tokens';
import type { ShipmentClaims } from './events/catalogue.js';
import type { Recorded } from './recorded.js';

export type Status =
  | 'disputed'
  | 'confirmed'
  | 'destroyed'
  | 'void'
  | 'lost'
  | 'astray'
  | 'offered'
  | 'prepared'
  | 'arrived'
  | 'in-custody';

/** A release that waits for its second signature. Times in seconds. */
export interface Offer {
  readonly tid: TokenId;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly mode: ShipmentClaims<'released'>['mode'];
  readonly until: number | null;
}

/** How a seal was last seen; whoever puts it on sees it intact. */
export type SealSeen = 'intact' | 'broken' | 'missing' | 'other';

/** What the opening token fixed for good. Times in seconds. */
export interface Opening {
  readonly tid: TokenId;
  readonly to: PartyId;
  readonly via: readonly PartyId[];
  readonly due: number;
  readonly kind: ShipmentClaims<'registered'>['kind'];
  readonly class: ShipmentClaims<'registered'>['class'];
  readonly how: ShipmentClaims<'registered'>['enc']['how'];
  readonly basis: boolean;
  /** Numbers that others know it by, by their scheme. */
  readonly refs: Readonly<Record<string, string>>;
  readonly kid: KeyId;
  readonly person: string | null;
  /** A gateway has nobody behind it whom an approver could turn out to be. */
  readonly gateway: boolean;
  readonly signed: number;
  readonly registrySize: number;
}

/** A release on the line and what became of it. Times in seconds, by the signer's clock. */
export interface Release extends Offer {
  readonly signed: number;
  /** The place where it is handed over, where that was said: its people's hours count. */
  readonly at: SiteId | null;
  readonly accepted: boolean;
  /** When it was accepted, refused, withdrawn or replaced; null while nobody answered. */
  readonly answered: number | null;
}

/** A remark that governs what comes later in the line; the latest by `iat`, then `tid`, wins (section 4, rule 7). */
interface Governing {
  readonly iat: number;
  readonly tid: TokenId;
}

export interface Redirect extends Governing {
  readonly to: PartyId;
  readonly via: readonly PartyId[] | null;
  readonly due: number | null;
}

export interface Approval extends Governing {
  readonly kid: KeyId;
  readonly person: string | null;
  /** The person whose place a deputy takes. */
  readonly inPlaceOf: string | null;
  /** The glass was broken: it leaves without a second person. */
  readonly glass: boolean;
}

/** A gateway's word that another system calls it delivered. */
export interface Delivered {
  readonly at: number;
  readonly tid: TokenId;
}

/** Where the line stands after its newest token in place. */
export interface Line {
  readonly sender: PartyId | null;
  readonly holder: PartyId | null;
  /** When the holder took it, in seconds by its own clock. */
  readonly heldSince: number | null;
  readonly responsible: PartyId | null;
  /** Consignee, route and due time as last redirected. */
  readonly consignee: PartyId | null;
  readonly via: readonly PartyId[];
  readonly due: number | null;
  readonly policy: Hash | null;
  readonly opening: Opening | null;
  readonly offer: Offer | null;
  readonly releases: readonly Release[];
  /** Releases signed by the wrong hands: who accepts one of these names no release. */
  readonly strays: readonly TokenId[];
  readonly redirects: readonly Redirect[];
  readonly approvals: readonly Approval[];
  readonly seals: Readonly<Record<string, SealSeen>>;
  readonly pieces: number | null;
  /** Items counted on opening. */
  readonly items: number | null;
  /** Reports of loss or theft by holder or responsible since the line last moved. */
  readonly lost: readonly Governing[];
  /** Whom the holder accepted for: itself and those who had mandated it. */
  readonly holdsFor: readonly PartyId[];
  /** How often custody passed by two signatures, or by a confirmation. */
  readonly moves: number;
  /** Another party than the sender has accepted. */
  readonly left: boolean;
  /** When the consignee or its mandate took it, in seconds; null while they do not hold it. */
  readonly arrived: number | null;
  readonly ended: 'confirmed' | 'destroyed' | 'void' | null;
  /** When it was confirmed, in seconds. */
  readonly confirmed: number | null;
  /** Whether its consignee confirmed it unopened; null before. */
  readonly arrivedUnopened: boolean | null;
  /** Everybody who was named by, or rightfully took part in, the chain. */
  readonly parties: readonly PartyId[];
  /** The earliest "delivered" of another system, in seconds. */
  readonly delivered: Delivered | null;
  /** The newest token in place, its number, when it was signed, and the latest remark that hangs on it, heeded or not. */
  readonly tip: TokenId | null;
  readonly tipSeq: number;
  readonly tipSigned: number | null;
  readonly tipRemark: Governing | null;
  /** Remarks hang on tokens behind the tip that moved nothing: they are read after all that hangs on the tip itself. */
  readonly tipBeside: boolean;
}

/** All that the next token needs, if it simply follows: the state without its history. */
export interface ChainSummary extends Line {
  readonly sub: ShipmentId;
  readonly status: Status;
  /** The newest line token; what is signed next names it as `prev`. It is `tip` but for tokens of the wrong hands. */
  readonly head: TokenId | null;
  readonly seq: number | null;
  readonly closed: boolean;
  /** First tokens of the branches of an unsettled fork, in the order of the log. */
  readonly disputed: readonly TokenId[];
  /** Tokens that refer to one that is not recorded. */
  readonly gaps: readonly TokenId[];
  /** When each of the gaps was recorded, in milliseconds. */
  readonly gapTimes: readonly number[];
  /** Tokens without a place until something else is recorded; the gaps are among them. */
  readonly waiting: readonly TokenId[];
  /** When its newest token was recorded, in milliseconds; 0 while there is none. */
  readonly recordedAt: number;
}

export interface ChainState extends ChainSummary {
  /** Everything recorded, in the order of the log: what a late or contradicting token is folded again with. */
  readonly history: readonly Recorded[];
}
