// Of every event a statement that is in order, with every claim it may have, and the place where it is: what the bad ones
// deviate from by one thing.

import { parseToken } from '@unbroken/tokens';
import type { PartyEvent, ShipmentEvent } from '../events/catalogue.js';
import type { FindingCode } from '../finding.js';
import type { Book } from './book.js';
import { parties, signedBy, someHash } from './cast.js';
import type { Cast, Claims, Hand } from './cast.js';
import { basis, registration } from './parcel.js';
import type { Parcel } from './parcel.js';
import type { Stage, Stages } from './stages.js';

export interface Position {
  readonly book: Book;
  /** Whose key signs it. */
  readonly by: Hand;
  readonly good: Claims;
  /** Claims that it may have beside, and that are a finding by themselves. */
  readonly beside: Claims;
  /** What a statement of this kind says is found even when nothing is wrong with it. */
  readonly found: readonly FindingCode[];
  /** Seconds. */
  readonly now: number;
  /** How it came there; null for a party's chain. */
  readonly parcel: Parcel | null;
}

interface Place {
  readonly stage: Stage;
  readonly by: (cast: Cast) => Hand;
  readonly claims: (parcel: Parcel) => Claims;
  readonly beside?: Claims;
  readonly found?: readonly FindingCode[];
}

const seals = { 'S-1': 'intact' };
const sender = (cast: Cast): Hand => cast.device.sender;
const courier = (cast: Cast): Hand => cast.device.courier;
const consignee = (cast: Cast): Hand => cast.device.consignee;

const places: Readonly<Record<ShipmentEvent, Place>> = {
  registered: {
    stage: 'nothing',
    by: sender,
    claims: ({ now }) => ({
      ...registration(now),
      to: 'guest',
      guest: someHash,
      basis: { code: 'gdpr-6-1-e', ref: 'Statistics Act, section 6' },
      enc: { how: 'luks', sum: someHash },
      refs: { s10: 'RR123456785DK' },
    }),
  },
  sealed: { stage: 'registered', by: sender, claims: () => ({ seals: { 'S-1': 'H' }, wit: someHash }) },
  released: {
    stage: 'sealed',
    by: sender,
    claims: ({ now }) => ({ to: parties.courier, mode: 'meet', seals, until: now + 900 }),
  },
  withdrawn: { stage: 'offered', by: sender, claims: () => ({}) },
  accepted: {
    stage: 'at the door',
    by: consignee,
    claims: ({ told }) => ({ rel: told['released'], seals, cond: 'ok', at: `${parties.consignee}/mailroom` }),
  },
  refused: { stage: 'at the door', by: consignee, claims: ({ told }) => ({ rel: told['released'], why: 'damaged' }) },
  confirmed: { stage: 'arrived', by: consignee, claims: () => ({ seals, pieces: 2, unopened: true }) },
  opened: { stage: 'confirmed', by: consignee, claims: () => ({ items: 2 }) },
  destroyed: { stage: 'confirmed', by: consignee, claims: () => ({ how: 'shredded', cert: someHash }) },
  voided: { stage: 'registered', by: sender, claims: () => ({ why: 'mistake' }) },
  approved: {
    stage: 'registered',
    by: ({ second }) => second,
    claims: () => ({ for: 'clerk-0003' }),
    beside: { glass: 'court-order' },
  },
  extracted: { stage: 'registered', by: sender, claims: () => ({ who: someHash, why: 'statistics', dest: someHash }) },
  inspected: { stage: 'carried', by: courier, claims: () => ({ seals }) },
  attempted: { stage: 'carried', by: courier, claims: ({ now }) => ({ why: 'nobody-home', until: now + 86_400 }) },
  held: { stage: 'carried', by: courier, claims: ({ now }) => ({ why: 'closed', until: now + 86_400 }) },
  redirected: {
    stage: 'carried',
    by: sender,
    claims: ({ now }) => ({ to: parties.sender, via: [parties.courier], due: now + 86_400 }),
  },
  reported: { stage: 'carried', by: courier, claims: () => ({ what: 'damaged' }), found: ['parcel.damaged'] },
  imported: {
    stage: 'carried',
    by: ({ gateway }) => gateway,
    claims: ({ now }) => ({ what: 'sorted', when: now + 30, src: someHash }),
  },
  found: {
    stage: 'carried',
    by: ({ device }) => device.finders,
    claims: () => ({ opened: 'unknown', mine: true, left: 'kept-closed', contact: someHash }),
  },
  witnessed: { stage: 'carried', by: consignee, claims: ({ head }) => ({ of: head?.tid }) },
  corrected: { stage: 'carried', by: courier, claims: ({ head }) => ({ of: head?.tid, why: 'wrong-parcel' }) },
  settled: { stage: 'disputed', by: courier, claims: ({ told }) => ({ of: told['released'] }) },
  'key-released': { stage: 'confirmed', by: sender, claims: () => ({ wraps: someHash }) },
};

export async function shipmentPosition(evt: ShipmentEvent, stages: Stages): Promise<Position> {
  const { stage, by, claims, beside = {}, found = [] } = places[evt];
  const parcel = await stages.at(stage);
  const hand = by(stages.cast);
  const first = basis(parcel, hand, evt);
  const iat = Number(first['iat']);
  const common = { when: iat - 30, src: someHash, by: someHash, at: `${hand.party}/office`, off: 0 };
  const good = { ...first, ...common, media: [someHash], note: someHash, ...claims(parcel) };
  return { book: parcel.book, by: hand, good, beside, found, now: parcel.now, parcel };
}

/** The least that a statement of this kind says, by that hand and wherever the parcel has come to. */
export function statementAt(parcel: Parcel, evt: ShipmentEvent, hand: Hand): Claims {
  return { ...basis(parcel, hand, evt), ...places[evt].claims(parcel) };
}

/** Who signs it where it is in order. */
export const rightfulHand = (evt: ShipmentEvent, cast: Cast): Hand => places[evt].by(cast);

type PartyStatement = (cast: Cast) => Promise<Claims> | Claims;

const statements: Readonly<Record<Exclude<PartyEvent, 'established' | 'admitted'>, PartyStatement>> = {
  enrolled: (cast) => cast.enrolment('sender', cast.unknown.sender),
  revoked: (cast) => ({ kid: cast.second.signer.kid, since: cast.now, why: 'lost-phone' }),
  rooted: (cast) => ({ jwk: cast.next.sender.signer.jwk, next: someHash }),
  sited: () => ({
    site: `${parties.sender}/dispatch`,
    geo: [556_800, 125_700],
    radius: 80,
    hours: { tz: 'Europe/Copenhagen', week: { mon: [['08:00', '16:00']] }, closed: ['2026-12-25'] },
  }),
  mandated: (cast) => ({ party: parties.stranger, site: `${parties.sender}/dispatch`, until: cast.now + 86_400 }),
  policed: () => ({ policy: someHash }),
};

export async function partyPosition(evt: PartyEvent, cast: Cast): Promise<Position> {
  const { book, by, said } = await partyStatement(evt, cast);
  const iat = cast.now + 60;
  const common = { when: iat - 30, src: someHash, by: someHash, at: `${by.party}/office`, off: 0 };
  const good = { ...said, iat, ...common, media: [someHash], note: someHash };
  return { book, by, good, beside: {}, found: [], now: cast.now, parcel: null };
}

async function partyStatement(evt: PartyEvent, cast: Cast): Promise<{ book: Book; by: Hand; said: Claims }> {
  const { newcomer, sender, operator } = parties;
  const { book } = cast;
  const opening = { ...cast.basis(newcomer, 'established'), ...cast.establishment('newcomer', ['sender']) };
  if (evt === 'established') return { book, by: cast.root.newcomer, said: opening };
  if (evt !== 'admitted') {
    const by = evt === 'rooted' ? cast.next.sender : cast.root.sender;
    return { book, by, said: { ...cast.basis(sender, evt), ...(await statements[evt](cast)) } };
  }
  const token = await signedBy(cast.root.newcomer, JSON.stringify(opening));
  const there = book.tell(token, { recordedAt: cast.now * 1000 }).next();
  const said = { ...cast.basis(newcomer, evt, operator), prev: parseToken(token).tid, roles: ['sender'] };
  return { book: there, by: cast.root.operator, said };
}
