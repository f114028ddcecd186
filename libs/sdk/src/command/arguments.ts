// What people type, read into the protocol's forms. A form that does not fit ends with exit code 2 and says the form.

import { InvalidArgumentError } from 'commander';
import { roles as knownRoles } from '@unbroken/custody';
import type { Role } from '@unbroken/custody';
import { isHash, isKeyId, isPartyId, isSiteId, readShipmentId } from '@unbroken/tokens';
import type { Hash, KeyId, PartyId, ShipmentId, SiteId } from '@unbroken/tokens';
import { COMPARE_IT, noShipmentId } from './no-shipment-id.js';

export function shipmentArgument(typed: string): ShipmentId {
  const sub = readShipmentId(typed);
  if (sub !== null) return sub;
  throw new InvalidArgumentError(`${noShipmentId(typed) ?? ''} ${COMPARE_IT}`);
}

export function partyArgument(typed: string): PartyId {
  if (isPartyId(typed)) return typed;
  throw new InvalidArgumentError('A party id has 3 to 40 small letters, digits and dashes, such as danish-post.');
}

export function siteArgument(typed: string): SiteId {
  if (isSiteId(typed)) return typed;
  throw new InvalidArgumentError('A site id is written party/site, such as statistics-denmark/mailroom.');
}

/** One id of a key or a statement in 64 begins with a dash, and would be taken for an option. */
const DASHED = '=';

/** The arguments with every such id that begins with a dash marked, for `keyArgument` and `statementArgument` to read. */
export const withKeyIdsMarked = (args: readonly string[]): readonly string[] =>
  args.map((arg) => (arg.startsWith('-') && isKeyId(arg) ? DASHED + arg : arg));

export function keyArgument(typed: string): KeyId {
  const id = unmarked(typed);
  if (isKeyId(id)) return id;
  throw new InvalidArgumentError('A key id has 43 characters; `unbroken keys list` shows yours.');
}

/** A policy's hash is of the same form as an id, and may begin with a dash like one. */
export function policyArgument(typed: string): Hash {
  const hash = unmarked(typed);
  if (isHash(hash)) return hash;
  throw new InvalidArgumentError('A policy is named by 43 characters; `unbroken party show` tells those of a party.');
}

const unmarked = (typed: string): string => (typed.startsWith(DASHED) ? typed.slice(DASHED.length) : typed);

const worded =
  (form: RegExp, words: string) =>
  (typed: string): string => {
    if (form.test(typed)) return typed;
    throw new InvalidArgumentError(words);
  };

/** A place of one's own party, by its name alone or as party/site. */
export const ownSiteArgument = worded(
  /^(?:[a-z0-9][a-z0-9-]{1,38}[a-z0-9]\/)?[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
  'A place is named with small letters, digits and dashes, such as mailroom.',
);

/** What a guest was sent, with or without its gap. */
export function codeArgument(typed: string): string {
  const digits = typed.replaceAll(/[\s-]/g, '');
  if (/^\d{8}$/.test(digits)) return digits;
  throw new InvalidArgumentError('The code that a guest is sent has eight digits.');
}

/** What a finder was given, with or without its dash. */
export function callbackArgument(typed: string): string {
  const signs = typed.toUpperCase().replaceAll('-', '');
  if (/^[0-9A-HJKMNP-TV-Z]{8}$/.test(signs)) return `${signs.slice(0, 4)}-${signs.slice(4)}`;
  throw new InvalidArgumentError('The code that a finder quotes has two groups of four, such as 7K2M-9QX4.');
}

/** A reason that programs can count; what it means in full goes into a note. */
export const reasonArgument = worded(
  /^[a-z][a-z0-9-]{0,39}$/,
  'Write the reason as one word of up to 40 small letters, digits and dashes, such as lost-phone.',
);

/** A reference that means a person to the party alone. */
export const personArgument = worded(
  /^[A-Za-z0-9_-]{8,64}$/,
  'Write a reference of 8 to 64 letters, digits and dashes that means the person to you alone, such as clerk-0017.',
);

/** A name or a number in public, on one line. */
export const lineArgument = worded(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'Write 1 to 200 characters on one line.');

export const partiesArgument = (typed: string): PartyId[] => listed(typed).map(partyArgument);

export function rolesArgument(typed: string): Role[] {
  const roles = listed(typed);
  const unknown = roles.find((role) => !(knownRoles as readonly string[]).includes(role));
  if (unknown === undefined) return roles as Role[];
  throw new InvalidArgumentError(`"${unknown}" is no role. The roles are ${knownRoles.join(', ')}.`);
}

/** A date or a time of RFC 3339, in seconds since 1970; a date means the end of that day, UTC. */
export function timeArgument(typed: string): number {
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
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

/** Collects `seal=value` of an option that may be repeated. @param allowed the values, or what each means by `source` */
export const sealArgument =
  (form: string, allowed: readonly string[] | Readonly<Record<string, string>>, source?: string) =>
  (typed: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
    const [seal = '', value = '', ...more] = typed.split('=');
    const told = allowedValues(allowed);
    if (more.length > 0 || !told.has(value)) {
      const values = `${[...told.values()].join(', ')}${source === undefined ? '' : `; ${source}`}`;
      throw new InvalidArgumentError(`Write ${form}, where what follows = is one of ${values}.`);
    }
    if (/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/.test(seal)) return { ...before, [seal]: value };
    throw new InvalidArgumentError('A seal’s number has 1 to 40 letters, digits, dots, slashes and dashes: DK-0417.');
  };

/** Each value as it is told. */
const allowedValues = (allowed: readonly string[] | Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  Array.isArray(allowed)
    ? new Map((allowed as readonly string[]).map((value) => [value, value]))
    : new Map(Object.entries(allowed).map(([value, meaning]) => [value, `${value} (${meaning})`]));

const listed = (typed: string): string[] => typed.split(',').map((part) => part.trim());
