// One complete, well-formed statement of every event: the good vectors, and what the malformed ones deviate from.

import { keyId, shipmentId } from '@unbroken/tokens';
import type { Hash, Jti, PartyId, PublicJwk, ShipmentId, SiteId, TokenId } from '@unbroken/tokens';
import type { PartyClaims, PartyEvent, ShipmentClaims, ShipmentEvent } from '../events/catalogue.js';

const sender = 'health-agency' as PartyId;
const courier = 'post' as PartyId;
const consignee = 'statistics-office' as PartyId;
const jti = 'AAECAwQFBgcICQoLDA0ODw' as Jti;
const iat = 1793577600;
const prev = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' as TokenId;
const hash = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ' as Hash;

/** The deployment whose name the vectors' `aud` carries. */
export const vectorDeployment = 'unbroken-vectors';

const parcel = { sub: shipmentId(sender, jti) satisfies ShipmentId, jti, iat };
const bySender = { ...parcel, iss: sender };
const byCourier = { ...parcel, iss: courier };
const byConsignee = { ...parcel, iss: consignee };
const ofParty = { sub: sender, iss: sender, jti, iat };

export type Examples = { readonly [E in ShipmentEvent]: ShipmentClaims<E> } & {
  readonly [E in PartyEvent]: PartyClaims<E>;
};

/** `jwk` is the key the examples enrol; `pop` its proof of possession. */
export const examples = (jwk: PublicJwk, pop: string): Examples => ({
  registered: {
    ...bySender,
    evt: 'registered',
    seq: 0,
    aud: vectorDeployment,
    kind: 'physical',
    to: consignee,
    via: [courier],
    contents: hash,
    class: 'sensitive',
    basis: { code: 'gdpr-6-1-e', ref: 'Statistics Act, section 6' },
    enc: { how: 'luks', sum: hash },
    due: iat + 604_800,
    pieces: 1,
    refs: { s10: 'RR123456785DK' },
    policy: hash,
  },
  sealed: { ...bySender, evt: 'sealed', prev, seq: 1, seals: { 'DK-0001': 'H' }, wit: hash },
  released: {
    ...bySender,
    evt: 'released',
    prev,
    seq: 2,
    to: courier,
    seals: { 'DK-0001': 'intact' },
    mode: 'meet',
    until: iat + 900,
    at: 'health-agency/dispatch' as SiteId,
    off: 0,
  },
  withdrawn: { ...bySender, evt: 'withdrawn', prev, seq: 3 },
  accepted: { ...byCourier, evt: 'accepted', prev, seq: 3, rel: prev, seals: { 'DK-0001': 'intact' }, cond: 'ok' },
  refused: { ...byCourier, evt: 'refused', prev, seq: 3, rel: prev, why: 'damaged' },
  confirmed: {
    ...byConsignee,
    evt: 'confirmed',
    prev,
    seq: 6,
    seals: { 'DK-0001': 'intact' },
    pieces: 1,
    unopened: true,
    by: hash,
    media: [hash],
    note: hash,
  },
  opened: { ...byConsignee, evt: 'opened', prev, seq: 7, items: 2 },
  destroyed: { ...byConsignee, evt: 'destroyed', prev, seq: 8, how: 'shredded', cert: hash },
  voided: { ...bySender, evt: 'voided', prev, seq: 1, why: 'mistake' },
  approved: { ...bySender, evt: 'approved', prev, for: 'clerk-0002', glass: 'court-order' },
  extracted: { ...bySender, evt: 'extracted', prev, who: hash, why: 'statistics', dest: hash, when: iat - 3600 },
  inspected: { ...byCourier, evt: 'inspected', prev, seals: { 'DK-0001': 'unobserved' } },
  attempted: { ...byCourier, evt: 'attempted', prev, why: 'nobody-home', until: iat + 86_400 },
  held: { ...byCourier, evt: 'held', prev, why: 'closed', until: iat + 86_400 },
  redirected: { ...bySender, evt: 'redirected', prev, to: sender, via: [], due: iat + 86_400 },
  reported: { ...byConsignee, evt: 'reported', prev, what: 'damaged' },
  imported: { ...byCourier, evt: 'imported', prev, what: 'delivered', when: iat - 3600, src: hash },
  found: {
    ...parcel,
    iss: 'operator' as PartyId,
    evt: 'found',
    prev,
    opened: 'unknown',
    mine: false,
    left: 'kept-closed',
    contact: hash,
  },
  witnessed: { ...byCourier, evt: 'witnessed', prev, of: prev },
  corrected: { ...byCourier, evt: 'corrected', prev, of: prev, why: 'wrong-parcel' },
  settled: { ...bySender, evt: 'settled', prev, of: prev },
  'key-released': { ...bySender, evt: 'key-released', prev, wraps: hash },
  established: {
    ...ofParty,
    evt: 'established',
    seq: 0,
    aud: vectorDeployment,
    name: 'Health Agency',
    roles: ['sender'],
    jwk,
    next: hash,
  },
  admitted: { ...ofParty, iss: 'operator' as PartyId, evt: 'admitted', prev, roles: ['sender'] },
  enrolled: {
    ...ofParty,
    evt: 'enrolled',
    prev,
    seq: 1,
    jwk,
    pop,
    use: 'device',
    roles: ['sender'],
    person: 'clerk-7f3a',
    idp: 'admin',
  },
  revoked: { ...ofParty, evt: 'revoked', prev, seq: 2, kid: keyId(jwk), since: iat, why: 'lost' },
  rooted: { ...ofParty, evt: 'rooted', prev, seq: 3, jwk, next: hash },
  sited: {
    ...ofParty,
    evt: 'sited',
    prev,
    seq: 4,
    site: 'health-agency/dispatch',
    geo: [556_800, 125_700],
    radius: 80,
    hours: { tz: 'Europe/Copenhagen', week: { mon: [['08:00', '16:00']] } },
  },
  mandated: {
    ...ofParty,
    evt: 'mandated',
    prev,
    seq: 5,
    party: 'facility-services' as PartyId,
    site: 'health-agency/dispatch',
    until: iat + 31_536_000,
  },
  policed: { ...ofParty, evt: 'policed', prev, seq: 6, policy: hash },
});
