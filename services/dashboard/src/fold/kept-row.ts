// A chain's line in the table, as it is kept: parties by id, because their names may be learnt later, and as much of the
// chain as the sentence about its worst finding speaks of, so that showing a page reads no chains.

import { isMalformed } from '@unbroken/custody';
import type { ChainState, ChainSummary, Offer, Status } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { ChainFacts } from '@unbroken/words';
import { standingOf, worstFirst } from './group-of.js';
import type { Standing } from './group-of.js';
import type { OpenAlert } from './open-alert.js';

/** Times in milliseconds since 1970. */
export interface KeptRow {
  readonly status: Status;
  readonly from: PartyId | null;
  readonly to: PartyId | null;
  readonly holder: PartyId | null;
  readonly heldSince: number | null;
  readonly responsible: PartyId | null;
  readonly offer: { readonly to: PartyId; readonly since: number; readonly mode: Offer['mode'] } | null;
  readonly kind: string | null;
  readonly class: string | null;
  readonly pieces: number | null;
  readonly refs: Readonly<Record<string, string>>;
  readonly due: number | null;
  readonly worst: { readonly alert: OpenAlert; readonly about: ChainFacts } | null;
  readonly findings: number;
  /** Of them, those that nobody has acknowledged. Missing in a row of an older version until it is drawn again. */
  readonly unseen?: number;
  readonly updatedAt: number;
}

export interface PlacedRow extends Standing {
  readonly sub: ChainSummary['sub'];
  readonly parties: readonly PartyId[];
  readonly kept: KeptRow;
}

/** The line of a chain that nothing is open about. Pure. */
export const rowWithoutAlerts = (chain: ChainSummary): PlacedRow => placed(chain, [], null);

/** The line of a chain with these open alerts, whose worst is told with what the history says of it. Pure. */
export function rowWithAlerts(chain: ChainState, alerts: readonly OpenAlert[]): PlacedRow {
  const [worst] = worstFirst(alerts);
  return placed(chain, alerts, worst === undefined ? null : { alert: worst, about: factsAbout(worst.tid, chain) });
}

function placed(chain: ChainSummary, alerts: readonly OpenAlert[], worst: KeptRow['worst']): PlacedRow {
  const updatedAt = chain.recordedAt;
  const heldSince = milliseconds(chain.heldSince);
  const kept: KeptRow = {
    status: chain.status,
    from: chain.sender,
    to: chain.consignee,
    holder: chain.holder,
    heldSince,
    responsible: chain.responsible,
    offer: offerOf(chain),
    kind: chain.opening?.kind ?? null,
    class: chain.opening?.class ?? null,
    pieces: chain.pieces,
    refs: chain.opening?.refs ?? {},
    due: milliseconds(chain.due),
    worst,
    findings: alerts.length,
    unseen: alerts.filter(({ state }) => state !== 'acknowledged').length,
    updatedAt,
  };
  const quietSince = chain.closed ? updatedAt : (heldSince ?? updatedAt);
  return { sub: chain.sub, parties: chain.parties, kept, ...standingOf(chain, alerts, quietSince) };
}

function offerOf({ offer, releases }: ChainSummary): KeptRow['offer'] {
  const release = releases.find(({ tid }) => tid === offer?.tid);
  return offer && { to: offer.to, since: (release?.signed ?? 0) * 1000, mode: offer.mode };
}

/** The token that a finding is about and the release that it answers. */
function factsAbout(tid: string, { history, consignee, pieces }: ChainState): ChainFacts {
  const about = history.find((recorded) => recorded.tid === tid);
  const claims = about === undefined || isMalformed(about) ? undefined : about.claims;
  const answers = claims?.evt === 'accepted' ? (claims.rel ?? claims.prev) : undefined;
  return {
    consignee,
    pieces,
    history: history.filter((recorded) => recorded === about || recorded.tid === answers),
  };
}

const milliseconds = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);
