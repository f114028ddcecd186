// What a recorded token means: the same words read with what the registry log said when they were recorded. Every view
// and every verifier reads by these functions, so that an entry means the same to all of them.

import type { Envelope, PartyId } from '@unbroken/tokens';
import type { ShipmentClaims } from '../events/catalogue.js';
import { readClaims } from '../events/read-claims.js';
import type { Recorded } from '../recorded.js';
import type { RegistryEntry } from './entry.js';
import type { Registry } from './registry.js';

/** A token's words, read strictly; whoever asks has checked the signature. */
export type Spoken = Pick<Envelope, 'tid' | 'header' | 'claims'>;

/** Where the custody log put it, when (milliseconds), and how far its device's clock was off, where that is known. */
type CustodyPlace = Pick<Recorded, 'index' | 'recordedAt' | 'registrySize' | 'drift'>;

/** An entry of the custody log. `registry` holds at least the first `registrySize` entries of its log. */
export function shipmentRecorded(
  place: CustodyPlace,
  { tid, header: { kid }, claims }: Spoken,
  { registry, deployment }: { readonly registry: Registry; readonly deployment: string },
): Recorded {
  const read = readClaims(claims, deployment);
  // A ledger of a newer version may take for a statement what this version cannot read.
  if (read.chain === 'malformed') return { ...place, tid, kid, malformed: read.reason };
  if (read.chain === 'party') return { ...place, tid, kid, malformed: 'evt:party-event' };
  const { claims: said } = read;
  const { index, recordedAt, registrySize, drift } = place;
  const standing = registry.standing(kid, { iat: claims.iat, registrySize });
  const mandates = registry.mandatesTo(concerned(said), registrySize);
  // Two shapes, written out: spread, there would be one for everything a place was ever made of.
  return drift === undefined
    ? { index, recordedAt, registrySize, tid, kid, claims: said, standing, mandates }
    : { index, recordedAt, registrySize, drift, tid, kid, claims: said, standing, mandates };
}

/** An entry of the registry log, for the chain of the party `sub`. */
export function partyRecorded(
  { index, recordedAt }: Pick<RegistryEntry, 'index' | 'recordedAt'>,
  { tid, header: { kid }, claims }: Spoken,
  sub: PartyId,
  deployment: string,
): RegistryEntry {
  const place = { index, recordedAt, tid, kid };
  const read = readClaims(claims, deployment);
  if (read.chain === 'party') return { ...place, claims: read.claims };
  return { ...place, sub, malformed: read.chain === 'malformed' ? read.reason : 'evt:shipment-event' };
}

/** The parties whose mandates a token can rest on. */
const concerned = (claims: ShipmentClaims): PartyId[] => ('to' in claims ? [claims.iss, claims.to] : [claims.iss]);
