// What somebody wants to say has not the form of its event: noticed before a key is used, and said in words.

import { catalogue } from '@unbroken/custody';
import type { z } from 'zod';

export class ClaimsRefused extends Error {
  override readonly name = 'ClaimsRefused';
  readonly code = 'claims.form';
  readonly cure = 'Correct what is named, then sign again; nothing has been signed or sent.';

  constructor(
    what: string,
    /** JSON pointer to the claim. */
    readonly pointer: string,
  ) {
    super(what);
  }
}

/**
 * The claims, once they are seen to be what their event asks for.
 * @throws ClaimsRefused naming the first fault
 */
export function wellFormed<C extends { readonly evt: string }>(claims: C): C {
  const event = catalogue.get(claims.evt);
  if (event === undefined) throw new ClaimsRefused(`There is no event "${claims.evt}".`, '/evt');
  const issue = event.claims.safeParse(claims).error?.issues[0];
  if (issue === undefined) return claims;
  const path = issue.path.map(String);
  throw new ClaimsRefused(`${path.join('.') || claims.evt} ${faultOf(issue, path)}.`, `/${path.join('/')}`);
}

/** What a claim looks like, by its name; the patterns themselves are for programs (docs/protocol/schemas). */
const forms: Readonly<Record<string, string>> = {
  at: 'a site, written party/site',
  basis: 'a code and where it stands',
  code: 'up to 60 letters, digits, dots, colons, dashes and parentheses, such as GDPR-9.2.j',
  geo: 'latitude and longitude',
  name: '1 to 200 characters on one line',
  person: 'a reference of 8 to 64 letters, digits and dashes that is no name, such as clerk-0017',
  ref: '1 to 200 characters on one line',
  refs: 'up to 50 letters, digits, dots, slashes and dashes',
  seals: 'seals by their numbers: 1 to 40 letters, digits, dots, slashes and dashes',
  site: 'small letters, digits and dashes, such as mailroom',
  to: 'a party id, such as danish-post',
  tz: 'a time zone by its IANA name, such as Europe/Copenhagen',
  via: 'party ids, such as danish-post',
  why: 'one word of small letters, digits and dashes, such as lost-phone',
};

function faultOf(issue: z.core.$ZodIssue, path: readonly string[]): string {
  if (issue.code === 'custom') return `is not right: ${issue.message}`;
  if (issue.code === 'too_big') return `is too much: at most ${String(issue.maximum)}`;
  if (issue.code === 'too_small') return `is too little: at least ${String(issue.minimum)}`;
  const named = path.findLast((name) => name in forms);
  return named === undefined ? 'is not of its form' : `is not of its form: ${forms[named] ?? ''}`;
}
