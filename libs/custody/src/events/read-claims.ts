// Tells a well-formed statement from a malformed one (docs/protocol, section 2, "Recorded as malformed").

import type { z } from 'zod';
import { catalogue } from './catalogue.js';
import type { PartyClaims, ShipmentClaims } from './catalogue.js';
import type { EventDefinition } from './definition.js';
import { soundReader } from './read-sound.js';
import type { ReadSound } from './read-sound.js';

export type ReadClaims =
  | { readonly chain: 'shipment'; readonly claims: ShipmentClaims }
  | { readonly chain: 'party'; readonly claims: PartyClaims }
  /** `reason` is ASCII without spaces: which claim and how, never its value. */
  | { readonly chain: 'malformed'; readonly reason: string };

/**
 * Reads the claims of a token whose envelope and signature hold. Total: never throws. `deployment` is the name that
 * `aud` must carry where the event has one; a token made for another deployment means nothing here.
 */
export function readClaims(claims: Readonly<Record<string, unknown>>, deployment: string): ReadClaims {
  const event = catalogue.get(String(claims['evt']));
  if (event === undefined) return { chain: 'malformed', reason: 'evt:unknown' };
  let said: unknown = readSound.get(event)?.(claims);
  if (said === undefined) {
    const read = event.claims.safeParse(claims);
    if (!read.success) return { chain: 'malformed', reason: reasonOf(read.error, claims) };
    said = read.data;
  }
  if ('aud' in claims && claims['aud'] !== deployment) return { chain: 'malformed', reason: 'aud:other-deployment' };
  return event.chain === 'shipment'
    ? { chain: 'shipment', claims: said as ShipmentClaims }
    : { chain: 'party', claims: said as PartyClaims };
}

const readSound: ReadonlyMap<EventDefinition, ReadSound> = new Map(
  [...catalogue.values()].map((event) => [event, soundReader(event.claims)]),
);

const SAFE_NAME = /^[a-z]{1,20}$/;

type Path = readonly PropertyKey[];

/** A path is names joined by dots, without those that a stranger may have chosen: of a seal nobody reads its number. */
function reasonOf(error: z.ZodError, claims: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'claims';
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    return `${named([...issue.path, SAFE_NAME.test(name) ? name : 'member'])}:unknown`;
  }
  return `${named(issue.path) || 'claims'}:${isMissing(claims, issue.path) ? 'missing' : 'form'}`;
}

const named = (path: Path): string =>
  path.filter((part) => typeof part === 'number' || SAFE_NAME.test(String(part))).join('.');

/** What lies along a path can be undefined only where the last member is not there: JSON knows no undefined. */
function isMissing(claims: unknown, path: Path): boolean {
  const found = path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
    claims,
  );
  return found === undefined && path.length > 0;
}
