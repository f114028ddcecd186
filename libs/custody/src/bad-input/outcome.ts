// What becomes of a token: the three answers of docs/protocol, section 2, and what is found in the third.

import type { RefusalCode } from '@unbroken/tokens';
import type { FindingCode } from '../finding.js';

export type Outcome =
  /** `pointer` says where: a JSON pointer, or a part of the token. */
  | { readonly is: 'refused'; readonly code: RefusalCode; readonly pointer?: string }
  /** Its key does not count yet; after 72 hours it is refused as `token.unknown-key`. */
  | { readonly is: 'waiting' }
  /** `reason` names the claim and the fault. */
  | { readonly is: 'malformed'; readonly reason: string }
  /** `findings` of this token, and of others through it; in order of their names, each once. */
  | { readonly is: 'recorded'; readonly findings: readonly FindingCode[] };

export const refused = (code: RefusalCode, pointer?: string): Outcome => ({
  is: 'refused',
  code,
  ...(pointer !== undefined && { pointer }),
});

export const waiting: Outcome = { is: 'waiting' };

export const malformed = (reason: string): Outcome => ({ is: 'malformed', reason });

export const recorded = (...findings: readonly FindingCode[]): Outcome => ({
  is: 'recorded',
  findings: [...new Set(findings)].sort(),
});
