// Who reads a whole chain (docs/protocol, section 6): whoever was named in it by somebody who was.

import type { PartyId } from '@unbroken/tokens';
import type { ChainSummary } from './chain-state.js';

/** Whom the sender named, or somebody so named handed it to: a stranger who took it reads no chain by that. */
export function readersOf({ sender, opening, redirects, releases }: ChainSummary): ReadonlySet<PartyId> {
  const named = [
    sender,
    opening?.to,
    ...(opening?.via ?? []),
    ...redirects.flatMap(({ to, via }) => [to, ...(via ?? [])]),
  ];
  const readers = new Set(named.filter((party) => party != null));
  for (const { from, to } of releases) if (readers.has(from)) readers.add(to);
  return readers;
}
