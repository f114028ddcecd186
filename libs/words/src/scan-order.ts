// Scans in the order in which they were made. A gateway brings them in files, some late; people read them as what happened.

import type { PartyClaims, ShipmentClaims } from '@unbroken/custody';

type Claims = ShipmentClaims | PartyClaims;

/** What a gateway only tells, and what moves nothing. */
const tellings: ReadonlySet<string> = new Set(['imported', 'attempted']);

/**
 * The same statements, where neighbours are scans of one party that hang on the same statement by the time they speak of.
 * Everything else, hand-offs above all, stays where it was.
 */
export function inScanOrder<T>(statements: readonly T[], claimsOf: (one: T) => Claims | undefined): readonly T[] {
  const runs: { readonly source: string | undefined; readonly scans: { readonly one: T; readonly when: number }[] }[] =
    [];
  for (const one of statements) {
    const claims = claimsOf(one);
    const source = claims && sourceOf(claims);
    const scan = { one, when: claims?.when ?? 0 };
    const run = runs.at(-1);
    if (source !== undefined && run?.source === source) run.scans.push(scan);
    else runs.push({ source, scans: [scan] });
  }
  return runs.flatMap(({ scans }) => scans.toSorted((a, b) => a.when - b.when).map(({ one }) => one));
}

/** Undefined for what is no scan. */
function sourceOf(claims: Claims): string | undefined {
  const isScan = tellings.has(claims.evt) && claims.src !== undefined && claims.when !== undefined;
  return isScan && 'prev' in claims ? `${claims.iss} ${claims.prev}` : undefined;
}
