// One chain as people read it, from the picture alone: the state as folded, its alerts, and what the registry says now.

import type { OpenAlert } from '../fold/open-alert.js';
import type { ChainStore, RegistryView } from '@unbroken/chains';
import type { ChainView, ShownFinding } from '@unbroken/contracts';
import { isMalformed, withPresentStandings } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import type { Clock } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import { stateSentence } from '@unbroken/words';
import type { DataSource } from 'typeorm';
import type { Names } from '../chains/names.js';
import { ROW_COLUMNS, shownFinding, shownRow } from '../chains/shown-row.js';
import type { RowRecord } from '../chains/shown-row.js';
import { worstFirst } from '../fold/group-of.js';
import { entryFindings } from './entry-findings.js';
import { followLine } from './follow-line.js';
import { missingFrom } from './missing.js';
import { partsOfParties } from './parts-of-parties.js';
import { sealsSeen } from './seals-seen.js';
import { timelineOf } from './timeline.js';

export interface ChainViewsParts {
  readonly dataSource: DataSource;
  readonly chains: ChainStore;
  readonly view: RegistryView;
  readonly names: Names;
  readonly clock: Clock;
}

export class ChainViews {
  constructor(private readonly parts: ChainViewsParts) {}

  /** Undefined where nothing of it is known here. */
  async of(sub: ShipmentId): Promise<ChainView | undefined> {
    const { dataSource, chains } = this.parts;
    const [state, [row], alerts] = await Promise.all([
      chains.get(sub),
      dataSource.query<RowRecord[]>(`SELECT ${ROW_COLUMNS} FROM rows WHERE sub = $1`, [sub]),
      dataSource.query<{ record: OpenAlert }[]>('SELECT record FROM alerts WHERE sub = $1', [sub]),
    ]);
    if (state === undefined || row === undefined) return undefined;
    return this.#view(
      state,
      row,
      alerts.map(({ record }) => record),
    );
  }

  #view(state: ChainState, row: RowRecord, alerts: readonly OpenAlert[]): ChainView {
    const { view, names, clock } = this.parts;
    const open = worstFirst(alerts.filter((alert) => alert.state !== 'resolved'));
    const findings = open.map((alert) => shownFinding(alert, state, names));
    const followed = followLine(state);
    const present = withPresentStandings(state, view);
    const entries = timelineOf({
      followed,
      names,
      findings: entryFindings(present, alerts, { view, names, now: Math.floor(clock.now() / 1000) }),
      standing: standings(present),
    });
    return {
      row: shownRow(row, names),
      sentence: sentenceOf(state, findings, names),
      next: findings[0]?.next ?? [],
      findings,
      seals: sealsSeen(state, followed, names),
      parties: partsOfParties(state, names),
      entries,
      missing: missingFrom(state),
    };
  }
}

/** Where the state itself is the trouble it says so; else what is found wrong comes first. */
function sentenceOf(state: ChainState, [worst]: readonly ShownFinding[], { nameOf }: Names): string {
  const stands = stateSentence(state.opening === null ? null : spokenOf(state), nameOf);
  const isTrouble = state.status === 'astray' || state.status === 'lost' || state.status === 'disputed';
  return worst === undefined || isTrouble ? stands : `${worst.sentence} ${stands}`;
}

/** As the ledger answers a state, which is what its sentence is made of. */
const spokenOf = ({ disputed, gaps, seals, ...state }: ChainState) => ({
  ...state,
  disputed: [...disputed],
  gaps: [...gaps],
  seals: { ...seals },
});

function standings({ history }: ChainState) {
  const byTid = new Map(history.map((recorded) => [recorded.tid, recorded]));
  return (tid: ChainState['history'][number]['tid']) => {
    const recorded = byTid.get(tid);
    return recorded === undefined || isMalformed(recorded) ? undefined : recorded.standing;
  };
}
