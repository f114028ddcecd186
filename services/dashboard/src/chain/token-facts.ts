// What a token says beyond its sentence, as label and text.

import type { TimelineEntry } from '@unbroken/contracts';
import { isMalformed } from '@unbroken/custody';
import type { Recorded, ShipmentClaims } from '@unbroken/custody';
import type { Names } from '../chains/names.js';

type Fact = TimelineEntry['facts'][number];

/** Two clocks that differ by less are taken for one. */
const SAME_TIME_S = 60;

/** Times in UTC, and labelled so. */
export function factsOf(recorded: Recorded, { nameOf }: Names): Fact[] {
  const clock = driftOf(recorded.drift);
  if (isMalformed(recorded)) return [fact('Why it could not be read', recorded.malformed), ...clock];
  const { claims } = recorded;
  return [
    ...registration(claims, nameOf),
    ...until(claims),
    ...redirect(claims, nameOf),
    ...place(claims),
    ...attachments(claims),
    ...(claims.src === undefined ? [] : [fact('Comes from', 'a message of another system')]),
    ...(claims.by === undefined ? [] : [fact('Person', 'known to the party; kept here as a commitment only')]),
    ...clock,
  ];
}

const fact = (label: string, text: string): Fact => ({ label, text });

function registration(claims: ShipmentClaims, nameOf: Names['nameOf']): Fact[] {
  if (claims.evt !== 'registered') return [];
  const { kind, enc, basis, via = [], due, refs = {}, pieces } = claims;
  return [
    fact('What', `${kind}, ${claims.class}, ${pieces} ${pieces === 1 ? 'piece' : 'pieces'}`),
    fact('Encryption', enc.how === 'none' ? 'not encrypted' : enc.how),
    fact('Legal basis', basis === undefined ? 'none named' : `${basis.code}, ${basis.ref}`),
    fact('By way of', via.length === 0 ? 'nobody named' : via.map(nameOf).join(', then ')),
    fact('Due', moment(due)),
    ...Object.entries(refs).map(([scheme, number]) => fact(`Number (${scheme})`, number)),
  ];
}

const until = (claims: ShipmentClaims): Fact[] =>
  'until' in claims && claims.until !== undefined ? [fact('Open until', moment(claims.until))] : [];

function redirect(claims: ShipmentClaims, nameOf: Names['nameOf']): Fact[] {
  if (claims.evt !== 'redirected') return [];
  const { via, due } = claims;
  return [
    ...(via === undefined ? [] : [fact('By way of', via.length === 0 ? 'nobody' : via.map(nameOf).join(', then '))]),
    ...(due === undefined ? [] : [fact('Due', moment(due))]),
  ];
}

function place({ at, off }: ShipmentClaims): Fact[] {
  const meant = at === undefined ? [] : [fact('Meant to be at', at)];
  if (off === undefined) return meant;
  return [...meant, fact('Distance', off === 0 ? 'at that place' : `up to ${off} m away`)];
}

function attachments({ media = [], note }: ShipmentClaims): Fact[] {
  return [
    ...(media.length === 0 ? [] : [fact('Photographs and documents', `${media.length}, kept by the party`)]),
    ...(note === undefined ? [] : [fact('Note', 'kept by the party')]),
  ];
}

function driftOf(drift = 0): Fact[] {
  if (Math.abs(drift) < SAME_TIME_S) return [];
  const minutes = Math.round(Math.abs(drift) / 60);
  return [fact('Clock of the device', `${minutes} min ${drift > 0 ? 'ahead' : 'behind'} when it was sent in`)];
}

const moment = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
