// What is wrong with each token, as sentences: what is judged now, by the rules and keys known now, also where nobody
// has to act on it any more.

import type { RegistryView } from '@unbroken/chains';
import type { AlertRecord, TimelineEntry } from '@unbroken/contracts';
import { deadlines, findingsAt } from '@unbroken/custody';
import type { ChainState, FindingCode } from '@unbroken/custody';
import type { TokenId } from '@unbroken/tokens';
import { Facts, alertSentence, playbook } from '@unbroken/words';
import type { Occasion } from '@unbroken/words';
import type { Names } from '../chains/names.js';
import { occasionOf } from '../fold/open-alert.js';

type Said = TimelineEntry['findings'];

export interface EntryFindings {
  readonly codes: (tid: TokenId) => readonly FindingCode[];
  readonly said: (tid: TokenId) => Said;
}

/**
 * @param present the chain with what is known of its keys now
 * @param alerts every alert of the chain, the resolved ones too: they know what fell due when
 * @param now seconds since 1970
 */
export function entryFindings(
  present: ChainState,
  alerts: readonly AlertRecord[],
  { view, names, now }: { readonly view: Pick<RegistryView, 'context'>; readonly names: Names; readonly now: number },
): EntryFindings {
  const findings = findingsAt(present, view.context, now);
  const due = deadlines(present, view.context);
  const codes = (tid: TokenId) => findings.get(tid) ?? [];
  const occasion = (tid: TokenId, code: FindingCode): Occasion => {
    const alert = alerts.find((known) => known.tid === tid && known.code === code);
    if (alert !== undefined) return occasionOf(alert);
    const missed = due.find((deadline) => deadline.tid === tid && deadline.code === code);
    return { tid, dueAt: missed === undefined ? null : new Date(missed.at * 1000), late: false, refusal: null };
  };
  const said = (tid: TokenId) =>
    codes(tid).map((code) => ({
      code,
      severity: playbook[code].severity,
      sentence: alertSentence(code, new Facts(occasion(tid, code), present, names.nameOf)),
    }));
  return { codes, said };
}
