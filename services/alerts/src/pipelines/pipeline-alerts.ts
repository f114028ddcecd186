// Silence of a pipeline is told instead of the silence of every parcel behind it (docs/protocol, section 5,
// `pipeline.silent`): to the operator and to the party whose it is.

import { readRecordSubject } from '@unbroken/contracts';
import type { Clock } from '@unbroken/platform';
import { sha256Hash } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Holding } from '../alerts/alert.js';
import { changeAlerts } from '../alerts/change-alerts.js';
import type { ChangePorts } from '../alerts/change-alerts.js';
import { resolveByThemselves } from '../alerts/decide-alerts.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { aliveAmong, silentPipelines } from './pipelines.js';
import type { SilentPipeline } from './pipelines.js';

export interface PipelineAlertsParts extends ChangePorts {
  readonly clock: Clock;
  readonly deployment: string;
  readonly operator: PartyId;
}

const HEARD_AGAIN = 'Something of it has been heard since.';

export class PipelineAlerts {
  constructor(private readonly parts: PipelineAlertsParts) {}

  /**
   * Raises silence, once for each time a pipeline falls silent, and resolves what is heard again; answers whether it did. A
   * crash before the commit changes nothing, and the next look finds the same.
   */
  async lookAtClock(): Promise<boolean> {
    const { dataSource, clock } = this.parts;
    const now = clock.now();
    const seconds = Math.floor(now / 1000);
    const silent = (await silentPipelines(dataSource.manager, seconds)).map((pipeline) => this.#silence(pipeline));
    const back = await this.#heardAgain(dataSource.manager, seconds);
    if (silent.length === 0 && back.length === 0) return false;
    const changed = await changeAlerts(this.parts, async (manager) => [
      ...(await raiseAlerts(manager, silent, now)),
      ...(await resolveByThemselves(manager, back, now)),
    ]);
    return changed.length > 0;
  }

  #silence({ party, spoke, dueAt }: SilentPipeline): Holding {
    return {
      sub: readRecordSubject(`${this.parts.deployment}/pipeline/${party}`),
      tid: sha256Hash(new TextEncoder().encode(`pipeline ${party} ${spoke ?? 'never'}`)) as string as TokenId,
      code: 'pipeline.silent',
      refusal: `The pipeline of ${party} has given no sign of life`,
      parties: [this.parts.operator, party],
      responsible: party,
      missed: { dueAt: new Date(dueAt * 1000), late: false },
    };
  }

  async #heardAgain(manager: EntityManager, now: number): Promise<{ id: string; reason: string }[]> {
    const open = await manager.query<{ id: string; sub: string }[]>(
      `SELECT id, sub FROM alerts WHERE code = 'pipeline.silent' AND state <> 'resolved' AND starts_with(sub, $1)`,
      [`${this.parts.deployment}/pipeline/`],
    );
    if (open.length === 0) return [];
    const partyOf = ({ sub }: { sub: string }) => sub.slice(sub.lastIndexOf('/') + 1) as PartyId;
    const alive = await aliveAmong(manager, open.map(partyOf), now);
    return open.filter((alert) => alive.has(partyOf(alert))).map(({ id }) => ({ id, reason: HEARD_AGAIN }));
  }
}
