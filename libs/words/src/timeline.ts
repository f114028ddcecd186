// A chain as a list of lines: a hand-off is a circle of two halves, open until both have signed.

import type { ChainAnswer, ChainToken } from '@unbroken/contracts';
import type { PartyClaims, ShipmentClaims } from '@unbroken/custody';
import type { NameOf } from './name-of.js';
import { claimsOf } from './read-token.js';
import { statementSentence } from './statement-sentence.js';

/**
 * ◐ an offer that waits for its second signature; ● both have signed; ◑ another party has signed for it; ○ taken back or
 * refused; · anything else.
 */
export type Mark = '◐' | '●' | '◑' | '○' | '·';

export interface TimelineLine {
  readonly tid: string;
  /** The party that signed; undefined for what could not be read. */
  readonly signer: string | undefined;
  /** RFC 3339. */
  readonly recordedAt: string;
  /** Device time, seconds since 1970; undefined for what could not be read. */
  readonly signedAt: number | undefined;
  /** The time it speaks of, seconds since 1970: of a scan when it was made, else when it was signed. */
  readonly happenedAt: number | undefined;
  readonly mark: Mark;
  /** What the mark means, in words, where it is not plain from the sentence. */
  readonly meaning: string;
  readonly sentence: string;
  /** The use of the key that signed, where it is weaker than a device's. */
  readonly grade: string | undefined;
  readonly findings: readonly string[];
}

type Claims = ShipmentClaims | PartyClaims;
type Read = { readonly token: ChainToken; readonly claims: Claims | undefined };

/** Everything recorded in the chain, in the order of the log. */
export function timeline(chain: ChainAnswer, name: NameOf): TimelineLine[] {
  const read = chain.tokens.map((token) => ({ token, claims: claimsOf(token) }));
  return read.map(({ token, claims }) => {
    const mark = claims === undefined ? '·' : markOf(token.tid, claims, chain, read);
    return {
      tid: token.tid,
      signer: claims?.iss,
      recordedAt: token.recordedAt,
      signedAt: claims?.iat,
      happenedAt: claims?.when ?? claims?.iat,
      mark,
      meaning: meanings[mark],
      sentence: claims === undefined ? 'A statement that could not be read' : statementSentence(claims, name),
      grade: token.grade === 'device' || token.grade === 'root' ? undefined : (token.grade ?? undefined),
      findings: token.findings,
    };
  });
}

/** The parties that are named in a chain. */
export function partiesIn(chain: ChainAnswer): string[] {
  return chain.tokens.flatMap((token) => {
    const claims = claimsOf(token);
    if (claims === undefined) return [];
    const to = 'to' in claims ? [claims.to] : [];
    return [claims.iss, ...to, ...('party' in claims ? [claims.party] : [])];
  });
}

const meanings: Readonly<Record<Mark, string>> = {
  '◐': 'waits for the second signature',
  '●': 'both have signed',
  '◑': 'another party has signed for it',
  '○': 'not handed over',
  '·': '',
};

function markOf(tid: string, claims: Claims, { state }: ChainAnswer, all: readonly Read[]): Mark {
  if (claims.evt === 'confirmed') return '●';
  if (claims.evt !== 'released') return '·';
  const answers = all.filter((read) => read.claims !== undefined && answered(read.claims) === tid);
  const accepted = answers.filter(({ claims }) => claims?.evt === 'accepted');
  if (accepted.some(({ token }) => !token.findings.includes('misdelivery.wrong-party'))) return '●';
  if (accepted.length > 0) return '◑';
  const open = state !== null && 'offer' in state && state.offer?.tid === tid;
  return open ? '◐' : '○';
}

function answered(claims: Claims): string | undefined {
  return claims.evt === 'accepted' || claims.evt === 'refused' ? (claims.rel ?? claims.prev) : undefined;
}
