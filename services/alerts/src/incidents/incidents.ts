// What a party does about its incidents. Every act is a line of the file, with who, when and why, in the transaction of what
// it does.

import type { Asking, RegistryView } from '@unbroken/chains';
import { incidentSubject } from '@unbroken/contracts';
import type {
  Incident,
  IncidentAct,
  IncidentFile,
  IncidentOpening,
  IncidentRegister,
  NotificationDraft,
} from '@unbroken/contracts';
import type { Clock } from '@unbroken/platform';
import type { PartyId } from '@unbroken/tokens';
import { naming } from '@unbroken/words';
import type { EntityManager } from 'typeorm';
import type { Alert } from '../alerts/alert.js';
import { isAlertId } from '../alerts/alert-id.js';
import { changeAlerts } from '../alerts/change-alerts.js';
import type { ChangePorts } from '../alerts/change-alerts.js';
import { acknowledgeIncident } from '../alerts/decide-alerts.js';
import { alertsOf } from '../alerts/find-alerts.js';
import { marksOf, startClock, stopClock } from './clock.js';
import { computedItems, draftOf } from './draft.js';
import type { Exposures } from './exposures.js';
import { objectionTo, stateOf } from './incident-state.js';
import type { Act, Said } from './incident-state.js';
import {
  addAct,
  addAlerts,
  filesOf,
  incidentsOf,
  lockIncident,
  openIncident,
  shownIncidents,
} from './incident-store.js';
import type { IncidentRow } from './incident-store.js';
import { foreignAlerts, notToHold, objected, unknownIncident } from './problems.js';

export interface IncidentsParts extends ChangePorts {
  readonly clock: Clock;
  readonly view: Pick<RegistryView, 'registry' | 'deployment'>;
  readonly exposures: Exposures;
}

export class Incidents {
  constructor(private readonly parts: IncidentsParts) {}

  /** Open ones first, the newest first. */
  async list({ party }: Asking): Promise<Incident[]> {
    const { manager } = this.parts.dataSource;
    const rows = await incidentsOf(manager, party);
    return shownIncidents(
      manager,
      rows,
      await filesOf(
        manager,
        rows.map(({ id }) => id),
      ),
    );
  }

  /** With everything said and done. @throws Problem 404 */
  async get(id: string, { party }: Asking): Promise<IncidentFile> {
    const { incident, file } = await this.#read(id, party);
    return {
      ...incident,
      file: file.map(({ at, detail, ...line }) => ({ ...line, at: at.toISOString(), detail: { ...detail } })),
    };
  }

  /** Answers its id. @throws Problem 422 for alerts that are not the party's. A crash before the commit opens nothing. */
  async open({ alerts, reason }: IncidentOpening, asking: Asking): Promise<string> {
    const { dataSource, clock } = this.parts;
    return dataSource.transaction(async (manager) => {
      await mustConcern(manager, alerts, asking.party);
      const act = lineOf('open', { reason, detail: { alerts: alerts.length } }, asking, clock.now());
      return openIncident(manager, { owner: asking.party, kind: 'opened', code: null, alerts, act });
    });
  }

  /**
   * One act. A crash before the commit does nothing; after it, it is in the file, and what it sets going goes on.
   * @throws Problem 403 for a hold on chains that do not name the party, 404, 409 where that cannot be done now, 422 for
   * alerts that are not the party's
   */
  async act(id: string, said: IncidentAct, asking: Asking): Promise<void> {
    const now = this.parts.clock.now();
    if (!isAlertId(id)) throw unknownIncident(id);
    const computed = said.act === 'phase' ? await this.#computed(id, asking.party) : {};
    if (said.act === 'hold') await this.#mustReadAll(id, asking.party);
    await changeAlerts(this.parts, async (manager) => {
      const row = await lockIncident(manager, id, asking.party);
      if (row === undefined) throw unknownIncident(id);
      const file = (await filesOf(manager, [id])).get(id) ?? [];
      const objection = objectionTo(stateOf(file), said, now);
      if (objection !== undefined) throw objected(objection);
      const { act, reason, ...detail } = completed(said, file, computed, now);
      await addAct(manager, id, lineOf(act, { reason, detail }, asking, now));
      return this.#effects(manager, id, said, { asking, now });
    });
  }

  /** The notification to the authority, as it stands now. @throws Problem 404 */
  async draft(id: string, { party }: Asking): Promise<NotificationDraft> {
    const { incident, file } = await this.#read(id, party);
    return draftOf(incident, file, await this.#computedOf(incident, file));
  }

  /** Art. 33(5): facts, effects and measures of every incident of the party, notified or not. */
  async register(asking: Asking): Promise<IncidentRegister> {
    const { manager } = this.parts.dataSource;
    const incidents = [];
    for (const incident of await this.list(asking)) {
      const file = (await filesOf(manager, [incident.id])).get(incident.id) ?? [];
      const computed = await this.#computedOf(incident, file);
      const items = { ...computed, ...stateOf(file).phases.at(-1)?.said };
      const { nature: facts = '', consequences: effects = UNKNOWN, measures = '' } = items;
      incidents.push({ incident, facts, effects, measures });
    }
    return { party: asking.party, incidents };
  }

  /** What an act does beside its line in the file: the alerts that it changes. */
  async #effects(
    manager: EntityManager,
    id: string,
    said: IncidentAct,
    { asking, now }: { readonly asking: Asking; readonly now: number },
  ): Promise<readonly Alert[]> {
    const sub = incidentSubject(this.parts.view.deployment, id);
    switch (said.act) {
      case 'join':
        await mustConcern(manager, said.alerts, asking.party);
        await addAlerts(manager, id, said.alerts);
        return [];
      case 'acknowledge':
        return acknowledgeIncident(manager, id, { by: asking.party, reason: said.reason, at: new Date(now) });
      case 'clock': {
        const { clock } = stateOf((await filesOf(manager, [id])).get(id) ?? []);
        const marks = marksOf(id, clock).filter(({ aware }) => aware === said.aware);
        await startClock(manager, sub, marks, now);
        return [];
      }
      case 'notified':
      case 'not-notified':
        return stopClock(manager, sub, now);
      case 'hold':
      case 'release-hold':
        await manager.query('UPDATE incidents SET held = $2 WHERE id = $1', [id, said.act === 'hold']);
        return [];
      case 'close':
        await manager.query('UPDATE incidents SET closed_at = $2 WHERE id = $1', [id, new Date(now)]);
        return [];
      default:
        return [];
    }
  }

  /** Whoever holds a chain keeps a person's data from being erased for as long as they like. */
  async #mustReadAll(id: string, owner: PartyId): Promise<void> {
    const { shipments } = (await this.#read(id, owner)).incident;
    const read = await this.parts.exposures.ofMany(shipments, owner);
    if (read.length < shipments.length) throw notToHold();
  }

  async #computed(id: string, owner: PartyId): Promise<Said> {
    const { incident, file } = await this.#read(id, owner);
    return this.#computedOf(incident, file);
  }

  async #computedOf(incident: Incident, file: readonly Act[]): Promise<Said> {
    const exposures = await this.parts.exposures.ofMany(incident.shipments, incident.owner);
    return computedItems(incident, exposures, file, this.#nameOf);
  }

  async #read(id: string, owner: PartyId): Promise<{ readonly incident: Incident; readonly file: readonly Act[] }> {
    const { manager } = this.parts.dataSource;
    const rows: IncidentRow[] = isAlertId(id) ? await incidentsOf(manager, owner, id) : [];
    const files = await filesOf(
      manager,
      rows.map(({ id: own }) => own),
    );
    const [incident] = await shownIncidents(manager, rows, files);
    if (incident === undefined) throw unknownIncident(id);
    return { incident, file: files.get(id) ?? [] };
  }

  readonly #nameOf = naming((party) => this.parts.view.registry.party(party as PartyId)?.name);
}

const UNKNOWN = 'unknown';

const lineOf = (
  act: Act['act'],
  { reason, detail }: Pick<Act, 'reason' | 'detail'>,
  { party, kid, person }: Asking,
  now: number,
): Omit<Act, 'no'> => ({ at: new Date(now), by: party, kid, person, act, reason, detail });

/** As it goes into the file: with the time that was left out, and a phase whole. */
function completed(
  said: IncidentAct,
  file: readonly Act[],
  computed: Said,
  now: number,
): IncidentAct & Record<string, unknown> {
  if (said.act === 'clock') return { ...said, at: new Date(said.at ?? now).toISOString() };
  if (said.act !== 'phase') return said;
  const words = Object.fromEntries(Object.entries(said.said).filter(([, text]) => text !== undefined));
  const items = { ...computed, ...stateOf(file).phases.at(-1)?.said, ...words };
  return { ...said, said: words, items };
}

async function mustConcern(manager: EntityManager, alerts: readonly string[], party: PartyId): Promise<void> {
  const known = new Set(
    (await alertsOf(manager, alerts)).filter(({ parties }) => parties.includes(party)).map(({ id }) => id),
  );
  const foreign = alerts.filter((id) => !known.has(id));
  if (foreign.length > 0) throw foreignAlerts(foreign);
}
