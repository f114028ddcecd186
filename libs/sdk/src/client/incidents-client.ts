// Exposure reports and a party's own incidents, as a program sees them: each call shows who asks, by an access token with the
// scope `incidents` (docs/protocol, section 8, "Access").

import { holdAnswer, incidentFile, incidentRegister, incidentsAnswer, notificationDraft } from '@unbroken/contracts';
import type {
  HoldAnswer,
  Incident,
  IncidentAct,
  IncidentFile,
  IncidentOpening,
  IncidentRegister,
  NotificationDraft,
} from '@unbroken/contracts';
import { exposureReport } from '@unbroken/custody';
import type { ExposureReport } from '@unbroken/custody';
import { HubHttp } from './hub-http.js';
import type { HubHttpParts } from './hub-http.js';

const PATH = '/alerts/v1/incidents';

/** Every method rejects with HubProblem where the hub says no, with HubUnreachable where no hub answers. */
export class IncidentsClient {
  readonly #http: HubHttp;

  /** `access` answers a token that holds now. */
  constructor(
    parts: HubHttpParts,
    private readonly access: () => Promise<string>,
  ) {
    this.#http = new HubHttp(parts);
  }

  /** Who may have seen what was in a parcel. */
  async exposure(sub: string): Promise<ExposureReport> {
    return this.#http.get(`/alerts/v1/exposure/${encodeURIComponent(sub)}`, exposureReport, {}, await this.#shown());
  }

  async list(): Promise<Incident[]> {
    return (await this.#http.get(PATH, incidentsAnswer, {}, await this.#shown())).incidents;
  }

  /** With everything said and done. */
  async get(id: string): Promise<IncidentFile> {
    return this.#http.get(`${PATH}/${encodeURIComponent(id)}`, incidentFile, {}, await this.#shown());
  }

  async open(opening: IncidentOpening): Promise<IncidentFile> {
    return this.#http.postJson(PATH, incidentFile, opening, await this.#shown());
  }

  async act(id: string, act: IncidentAct): Promise<IncidentFile> {
    return this.#http.postJson(`${PATH}/${encodeURIComponent(id)}/acts`, incidentFile, act, await this.#shown());
  }

  /** The notification to the authority as it stands, and its phases. */
  async draft(id: string): Promise<NotificationDraft> {
    return this.#http.get(`${PATH}/${encodeURIComponent(id)}/draft`, notificationDraft, {}, await this.#shown());
  }

  /** Every incident of the party, notified or not, and why. */
  async register(): Promise<IncidentRegister> {
    return this.#http.get(`${PATH}/register`, incidentRegister, {}, await this.#shown());
  }

  /** Whether erasure must leave a chain alone. */
  held(sub: string): Promise<HoldAnswer> {
    return this.#http.get(`/alerts/v1/holds/${encodeURIComponent(sub)}`, holdAnswer);
  }

  async #shown(): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.access()}` };
  }
}
