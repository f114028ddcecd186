// One parcel's chain as it is told: every step makes another value, so that many things can be tried after the same story.

import { newJti, parseToken, shipmentId } from '@unbroken/tokens';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import { catalogue } from '../events/catalogue.js';
import type { Book, Told } from './book.js';
import { deployment, inOrder, parties, signedBy, someHash } from './cast.js';
import type { Cast, Claims, Hand } from './cast.js';

export interface Parcel {
  readonly cast: Cast;
  readonly book: Book;
  readonly sub: ShipmentId;
  /** Device time of what was said last, seconds. */
  readonly now: number;
  /** The line token to sign on; null before the chain is opened. */
  readonly head: { readonly tid: TokenId; readonly seq: number } | null;
  /** Every token told, by its event; the last of each. */
  readonly told: Readonly<Record<string, TokenId>>;
  /** What they said. */
  readonly said: Readonly<Record<string, Claims>>;
}

export const noParcel = (cast: Cast): Parcel => ({
  cast,
  book: cast.book,
  sub: shipmentId(parties.sender, newJti()),
  now: cast.now,
  head: null,
  told: {},
  said: {},
});

/** What every statement about the parcel begins with, in its place after what was said last. */
export function basis({ sub, now, head }: Parcel, { party: iss }: Hand, evt: string): Claims {
  const place = catalogue.get(evt)?.place;
  const jti = newJti();
  const common = { iss, sub: place === 'opening' ? shipmentId(iss, jti) : sub, jti, iat: now + 60, evt };
  if (place === 'opening' || head === null) return { ...common, ...(place !== 'remark' && { seq: 0 }) };
  return { ...common, prev: head.tid, ...(place === 'line' && { seq: head.seq + 1 }) };
}

/** Signs and records it, in the second in which it was signed. */
export async function say(
  { book, now }: Pick<Parcel, 'book' | 'now'>,
  by: Hand,
  said: Claims,
): Promise<Told & { readonly token: string }> {
  const token = await signedBy(by, JSON.stringify(said));
  return { ...book.tell(token, { recordedAt: (now + 60) * 1000 }), token };
}

/** Tells what is in order, but where the story is of what is not. */
export async function tell(
  parcel: Parcel,
  by: Hand,
  evt: string,
  claims: Claims = {},
  { crooked = false, on = parcel.head }: { readonly crooked?: boolean; readonly on?: Parcel['head'] } = {},
): Promise<Parcel> {
  const said: Claims = { ...basis({ ...parcel, head: on }, by, evt), ...claims };
  const { outcome, next, token } = await say(parcel, by, said);
  if (!crooked) inOrder(evt, outcome);
  const { tid } = parseToken(token);
  return {
    ...parcel,
    book: next(),
    sub: said['sub'] as ShipmentId,
    now: parcel.now + 60,
    head: 'seq' in said ? { tid, seq: Number(said['seq']) } : parcel.head,
    told: { ...parcel.told, [evt]: tid },
    said: { ...parcel.said, [evt]: said },
  };
}

/** A registration that asks for nothing but what everybody must say. */
export const registration = (now: number): Claims => ({
  aud: deployment,
  kind: 'physical',
  to: parties.consignee,
  via: [parties.courier],
  contents: someHash,
  class: 'internal',
  enc: { how: 'none' },
  due: now + 604_800,
  pieces: 2,
  policy: someHash,
});
