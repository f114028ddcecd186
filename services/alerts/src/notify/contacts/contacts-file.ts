// The file of contacts (docs/operations.md): who is told of alerts, by party. Read once, at the start.

import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { alertCodes, severities } from '@unbroken/contracts';
import { SettingsError, isLoopback, jsonPointer } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { patterns } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { z } from 'zod';
import { Contacts } from './contact.js';
import type { Contact, Way } from './contact.js';
import { quietHours } from './quiet-hours.js';

const LONGEST_WAIT_MINUTES = 7 * 24 * 60;

const contactId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not 1 to 40 of a-z 0-9 -');

const webhook = z.strictObject({
  url: z.string().refine(isSafeUrl, 'is not https, nor http on this machine'),
  /** The path of a file. */
  secret: z.string().min(1),
});

const writtenContact = z
  .strictObject({
    id: contactId,
    email: z.email('is not an e-mail address').optional(),
    webhook: webhook.optional(),
    severities: z
      .array(z.enum(severities))
      .min(1)
      .default([...severities]),
    codes: z
      .array(z.string().refine(isCodes, 'is no code of an alert, nor the beginning of one and *'))
      .min(1)
      .default(['*']),
    quiet: quietHours.optional(),
    escalate: z
      .strictObject({ after: z.int().min(1).max(LONGEST_WAIT_MINUTES), to: z.array(contactId).min(1) })
      .optional(),
    escalatedOnly: z.boolean().default(false),
  })
  .refine(({ email, webhook }) => (email === undefined) !== (webhook === undefined), 'needs either email or webhook');
type WrittenContact = z.infer<typeof writtenContact>;

const written = z.strictObject({
  parties: z.record(
    z.string().regex(patterns.partyId, 'is not a party id'),
    z.array(writtenContact).superRefine(mindEachOther),
  ),
});

const CURE = 'Correct the file and start again; docs/operations.md has an example';

/**
 * None where the setting is left out.
 * @throws SettingsError with every mistake and its place
 */
export function readContacts({ UNBROKEN_CONTACTS: path }: Pick<CommonSettings, 'UNBROKEN_CONTACTS'>): Contacts {
  if (path === undefined) return new Contacts([]);
  const mistakes: string[] = [];
  const parsed = written.safeParse(jsonIn(path));
  if (!parsed.success)
    throw refused(parsed.error.issues.map((issue) => `${path} at ${placeOf(issue)}: ${told(issue)}`));
  if (canBeReadByOthers(path)) mistakes.push(`${path} can be read by others: run chmod 600 on it`);
  const contacts = Object.entries(parsed.data.parties).flatMap(([party, list]) =>
    list.map((contact, at): Contact => {
      const place = `${path} at ${jsonPointer(['parties', party, at, 'webhook', 'secret'])}`;
      return contactOf(party as PartyId, contact, wayOf(contact, dirname(path), place, mistakes));
    }),
  );
  if (mistakes.length > 0) throw refused(mistakes);
  return new Contacts(contacts);
}

const refused = (mistakes: readonly string[]): SettingsError =>
  new SettingsError(mistakes.map((wrong) => ({ name: 'UNBROKEN_CONTACTS', wrong, cure: CURE })));

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // A syntax error quotes what it met, which may be an address.
    throw refused([`${path} ${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}`]);
  }
}

const contactOf = (party: PartyId, given: WrittenContact, way: Way): Contact => ({
  party,
  id: given.id,
  way,
  severities: given.severities,
  codes: given.codes,
  quiet: given.quiet ?? null,
  escalate: given.escalate ?? null,
  escalatedOnly: given.escalatedOnly,
});

function wayOf({ email, webhook }: WrittenContact, folder: string, place: string, mistakes: string[]): Way {
  if (webhook === undefined) return { kind: 'email', address: email ?? '' };
  return {
    kind: 'webhook',
    url: new URL(webhook.url),
    secret: secretIn(resolve(folder, webhook.secret), place, mistakes),
  };
}

/** As Standard Webhooks has it: 24 to 64 random bytes in base64 after the prefix. */
function secretIn(path: string, place: string, mistakes: string[]): string {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    const bytes = Buffer.from(/^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret)?.[1] ?? '', 'base64').length;
    if (bytes < 24 || bytes > 64) mistakes.push(`${place}: ${path} does not hold whsec_ and 24 to 64 bytes in base64`);
    if (canBeReadByOthers(path)) mistakes.push(`${place}: ${path} can be read by others: run chmod 600 on it`);
    return secret;
  } catch {
    mistakes.push(`${place}: ${path} cannot be read`);
    return '';
  }
}

const canBeReadByOthers = (path: string): boolean => (statSync(path).mode & 0o077) !== 0;

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '';
}

function isCodes(text: string): boolean {
  const beginning = /^(.*)\*$/.exec(text)?.[1];
  return alertCodes.some((code) => (beginning === undefined ? code === text : code.startsWith(beginning)));
}

/** Ids are unique, and escalations lead to somebody and to an end. */
function mindEachOther(contacts: readonly WrittenContact[], context: z.RefinementCtx): void {
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const leadsBack = (id: string, from: string, seen = new Set<string>()): boolean =>
    !seen.has(from) &&
    (byId.get(from)?.escalate?.to ?? []).some((to) => to === id || leadsBack(id, to, seen.add(from)));
  for (const [at, { id, escalate }] of contacts.entries()) {
    const refuse = (message: string, ...path: PropertyKey[]) =>
      context.addIssue({ code: 'custom', path: [at, ...path], message });
    if (contacts.findIndex((other) => other.id === id) !== at)
      refuse('is the id of another contact of the party', 'id');
    for (const [which, to] of (escalate?.to ?? []).entries())
      if (!byId.has(to)) refuse('is the id of no contact of the party', 'escalate', 'to', which);
    if (leadsBack(id, id)) refuse('leads back to this contact', 'escalate', 'to');
  }
}

const placeOf = ({ path }: z.core.$ZodIssue): string => (path.length === 0 ? 'its top' : jsonPointer(path));

const told = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is not a member here` : issue.message;
