// What people type, read into the protocol's forms. A form that does not fit ends with exit code 2 and says the form.

import { InvalidArgumentError } from 'commander';
import { roles as knownRoles } from '@unbroken/custody';
import type { Role } from '@unbroken/custody';
import { isKeyId, isPartyId, isSiteId, readShipmentId } from '@unbroken/tokens';
import type { KeyId, PartyId, ShipmentId, SiteId } from '@unbroken/tokens';

export function shipmentArgument(typed: string): ShipmentId {
  const sub = readShipmentId(typed);
  if (sub !== null) return sub;
  throw new InvalidArgumentError('It is no shipment id, or a character is mistyped. One reads 7K2M-9QX4-T1B8-ZC3V-2.');
}

export function partyArgument(typed: string): PartyId {
  if (isPartyId(typed)) return typed;
  throw new InvalidArgumentError('A party id has 3 to 40 small letters, digits and dashes, such as danish-post.');
}

export function siteArgument(typed: string): SiteId {
  if (isSiteId(typed)) return typed;
  throw new InvalidArgumentError('A site id is written party/site, such as statistics-denmark/mailroom.');
}

export function keyArgument(typed: string): KeyId {
  if (isKeyId(typed)) return typed;
  throw new InvalidArgumentError('A key id has 43 characters; `unbroken keys list` shows yours.');
}

export const partiesArgument = (typed: string): PartyId[] => listed(typed).map(partyArgument);

export function rolesArgument(typed: string): Role[] {
  const roles = listed(typed);
  const unknown = roles.find((role) => !(knownRoles as readonly string[]).includes(role));
  if (unknown === undefined) return roles as Role[];
  throw new InvalidArgumentError(`"${unknown}" is no role. The roles are ${knownRoles.join(', ')}.`);
}

/** A date or a time of RFC 3339, in seconds since 1970; a date means the end of that day, UTC. */
export function timeArgument(typed: string): number {
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/;
  const ms = form.test(typed) ? Date.parse(typed.includes('T') ? typed : `${typed}T23:59:59Z`) : NaN;
  if (!Number.isNaN(ms)) return Math.floor(ms / 1000);
  throw new InvalidArgumentError('Write a date, 2026-12-01, or a time with its zone, 2026-12-01T16:00Z.');
}

export const wholeArgument =
  (from: number, to: number) =>
  (typed: string): number => {
    const number = Number(typed);
    if (/^\d{1,9}$/.test(typed) && number >= from && number <= to) return number;
    throw new InvalidArgumentError(`Write a whole number from ${from} to ${to}.`);
  };

/** Collects `name=value` of an option that may be repeated. */
export const pairArgument =
  (form: string, allowed: readonly string[]) =>
  (typed: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
    const [name = '', value = '', ...more] = typed.split('=');
    if (name !== '' && more.length === 0 && allowed.includes(value)) return { ...before, [name]: value };
    throw new InvalidArgumentError(`Write ${form}, where what follows = is one of ${allowed.join(', ')}.`);
  };

const listed = (typed: string): string[] => typed.split(',').map((part) => part.trim());
