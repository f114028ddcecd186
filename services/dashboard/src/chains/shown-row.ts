// A row as people are shown it: times as text, parties with their names, the worst finding as a sentence.

import type { ChainGroup, ChainRow, ShownFinding } from '@unbroken/contracts';
import type { Status } from '@unbroken/custody';
import { Facts, alertSentence, stepsNow } from '@unbroken/words';
import type { ChainFacts } from '@unbroken/words';
import { occasionOf } from '../fold/open-alert.js';
import type { OpenAlert } from '../fold/open-alert.js';
import type { KeptRow } from '../fold/kept-row.js';
import type { Names } from './names.js';

/** A row of the table `rows`. */
export interface RowRecord {
  readonly sub: string;
  /** A bigint, which the driver gives as text. */
  readonly change: string;
  readonly chain_group: ChainGroup;
  readonly shown: KeptRow;
}

export const ROW_COLUMNS = 'rows.sub, rows.change, rows.chain_group, rows.shown';

export function shownRow({ sub, change, chain_group, shown }: RowRecord, names: Names): ChainRow {
  const { offer, worst } = shown;
  return {
    sub,
    change: Number(change),
    group: chain_group,
    status: shown.status,
    from: names.named(shown.from),
    to: names.named(shown.to),
    holder: names.named(shown.holder),
    heldSince: timeOf(shown.heldSince),
    responsible: names.named(shown.responsible),
    offer: offer && { to: names.named(offer.to), since: rfc3339(offer.since), mode: offer.mode },
    kind: shown.kind,
    class: shown.class,
    pieces: shown.pieces,
    refs: Object.entries(shown.refs).map(([scheme, number]) => ({ scheme, number })),
    due: timeOf(shown.due),
    worst: worst && shownFinding(worst.alert, { ...worst.about, status: shown.status }, names),
    findings: shown.findings,
    unseen: shown.unseen ?? 0,
    updatedAt: rfc3339(shown.updatedAt),
  };
}

export const shownFinding = (
  alert: OpenAlert,
  about: ChainFacts & { readonly status: Status },
  { nameOf }: Names,
): ShownFinding => ({
  alert: alert.id,
  code: alert.code,
  severity: alert.severity,
  raisedAt: alert.raisedAt,
  acknowledged: alert.state === 'acknowledged',
  sentence: alertSentence(alert.code, new Facts(occasionOf(alert), about, nameOf)),
  next: [...stepsNow(alert.code, about.status)],
});

/** @param at milliseconds since 1970 */
export const rfc3339 = (at: number): string => new Date(at).toISOString();

const timeOf = (at: number | null): string | null => (at === null ? null : rfc3339(at));
