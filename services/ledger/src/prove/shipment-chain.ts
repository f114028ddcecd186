// A shipment's chain, folded and judged as it is read: what is shown is what the log says, never what somebody kept.

import { readCustodyEntry, recordedIn } from '@unbroken/chains';
import type { RegistryView } from '@unbroken/chains';
import type { ChainAnswer } from '@unbroken/contracts';
import { findingsAt, foldAll, isMalformed, withPresentStandings } from '@unbroken/custody';
import type { Recorded } from '@unbroken/custody';
import { shownState } from '@unbroken/evidence';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import type { EntryRow } from '../publish/entry-message.js';
import { chainTokenOf } from './chain-token.js';
import { messageOf } from './read-entries.js';

/** `now` in seconds; the view has reached the `registrySize` of every entry. */
export function shipmentChain(
  sub: ShipmentId,
  rows: readonly EntryRow[],
  view: RegistryView,
  now: number,
): ChainAnswer {
  const history = historyOf(rows, view);
  const state = foldAll(sub, history);
  const findings = findingsAt(withPresentStandings(state, view), view.context, now);
  const grades = new Map<TokenId, ReturnType<typeof gradeOf>>(history.map((one) => [one.tid, gradeOf(one)]));
  return {
    sub,
    state: shownState(state),
    tokens: rows.map((row) =>
      chainTokenOf(row, grades.get(row.tid) ?? null, findings.get(row.tid) ?? [], view.deployment),
    ),
  };
}

/** The entries as the fold sees them; the view has reached their `registrySize`. */
export const historyOf = (rows: readonly EntryRow[], view: RegistryView): readonly Recorded[] =>
  rows.map((row) => recordedIn(readCustodyEntry(messageOf(row, view.deployment)), view));

const gradeOf = (recorded: Recorded) => (isMalformed(recorded) ? null : recorded.standing.use);
