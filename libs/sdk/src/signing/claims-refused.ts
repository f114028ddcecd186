// What somebody wants to say has not the form of its event: noticed before a key is used.

import { catalogue } from '@unbroken/custody';
import { z } from 'zod';

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
  throw new ClaimsRefused(`${path.join('.') || claims.evt}: ${reasonOf(issue)}.`, `/${path.join('/')}`);
}

const reasonOf = (issue: z.core.$ZodIssue): string => issue.message.replace(/^Invalid input: /, '').replace(/\.$/, '');
