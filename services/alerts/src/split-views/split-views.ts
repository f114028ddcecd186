// Makes an alert of a log that was shown to have two histories, and keeps what shows it.

import type { AlertSubject, RecordSubject, SplitViewReport } from '@unbroken/contracts';
import type { Clock } from '@unbroken/platform';
import { sha256Hash } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert, Holding } from '../alerts/alert.js';
import { alertId } from '../alerts/alert-id.js';
import { changeAlerts } from '../alerts/change-alerts.js';
import type { ChangePorts } from '../alerts/change-alerts.js';
import { findAlert } from '../alerts/find-alerts.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { checkSplitView } from './check-split-view.js';
import type { LogKeysHeard } from './log-keys-heard.js';

export interface SplitViewParts extends ChangePorts {
  readonly clock: Clock;
  readonly keys: Pick<LogKeysHeard, 'of'>;
  /** Who is told, and answers for the logs. */
  readonly operator: PartyId;
}

export class SplitViews {
  constructor(private readonly parts: SplitViewParts) {}

  /**
   * The alert's id. While one about this log is open, further evidence is that alert's: a log that has two histories has
   * them at every size. A crash before the commit keeps nothing, and whoever told it tells it again.
   * @throws Problem 422 where the report shows no split view
   */
  async report(report: SplitViewReport): Promise<string> {
    const origin = await checkSplitView(report, (named) => this.parts.keys.of(named));
    let id = '';
    await changeAlerts(this.parts, async (manager) => {
      // Two that are told at once are one alert.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [origin]);
      const open = await openAlertOf(manager, origin);
      const raised = open === undefined ? await this.#raise(manager, origin, report) : [];
      id = open ?? raised[0]?.id ?? alertId(findingOf(origin, report));
      await keep(manager, id, report);
      return raised;
    });
    return id;
  }

  /** What was told with an alert, the first first; none where it is another kind of alert. */
  async of(id: string): Promise<readonly SplitViewReport[]> {
    const rows = await this.parts.dataSource.query<{ report: SplitViewReport }[]>(
      'SELECT report FROM split_views WHERE alert = $1 ORDER BY no',
      [id],
    );
    return rows.map(({ report }) => report);
  }

  async exists(id: string): Promise<boolean> {
    return (await findAlert(this.parts.dataSource.manager, id)) !== null;
  }

  #raise(manager: EntityManager, origin: RecordSubject, report: SplitViewReport): Promise<readonly Alert[]> {
    const { operator, clock } = this.parts;
    const holding: Holding = { ...findingOf(origin, report), parties: [operator], responsible: operator };
    return raiseAlerts(manager, [holding], clock.now());
  }
}

/** Named by what shows it. */
const findingOf = (sub: AlertSubject, { first, second }: SplitViewReport) => ({
  sub,
  tid: sha256Hash(new TextEncoder().encode(`${first}\n${second}`)) as string as TokenId,
  code: 'log.split-view' as const,
});

async function openAlertOf(manager: EntityManager, origin: RecordSubject): Promise<string | undefined> {
  const [row] = await manager.query<{ id: string }[]>(
    `SELECT id FROM alerts WHERE sub = $1 AND code = 'log.split-view' AND state <> 'resolved' ORDER BY raised_at LIMIT 1`,
    [origin],
  );
  return row?.id;
}

/** A few are enough for anybody; a log's key in the wrong hands could make any number. */
const MOST = 20;

async function keep(manager: EntityManager, id: string, report: SplitViewReport): Promise<void> {
  await manager.query(
    `INSERT INTO split_views (alert, report) SELECT $1, $2::jsonb
     WHERE (SELECT count(*) FROM split_views WHERE alert = $1) < $3
     ON CONFLICT (alert, md5(report::text)) DO NOTHING`,
    [id, JSON.stringify(report), MOST],
  );
}
