// Tells the hub's people of a split view: both notes go to the alerts service, which checks the signatures itself. Told
// again after each start, until a person has moved the finding away: the same two notes are the same alert.

import { Repeated } from '@unbroken/platform/process';
import { HubProblem, HubUnreachable, unreached } from '@unbroken/sdk';
import { agentLog, tellOnce } from '../agent-log.js';
import type { Hub } from '../hub.js';
import type { Finding, Findings } from '../findings/findings.js';

const LOOK_MS = 2_000;
const PATIENCE_MS = 10_000;

export class SplitReport {
  readonly #told = new Set<string>();
  readonly #telling: Repeated;

  constructor(
    private readonly hub: Hub,
    private readonly findings: Findings,
  ) {
    this.#telling = new Repeated({
      doSome: async () => {
        for (const finding of await this.findings.all()) await this.#tell(finding);
        return false;
      },
      failed: tellOnce('telling the hub of findings'),
      pollMs: LOOK_MS,
    });
  }

  start(): void {
    this.#telling.start();
  }

  stop(): Promise<void> {
    return this.#telling.stop();
  }

  async #tell({ code, about, evidence: { first, second, proof } }: Finding): Promise<void> {
    const body = JSON.stringify({ first, second, proof });
    if (code !== 'log.split-view' || this.#told.has(body)) return;
    const answer = await this.#post(body);
    if (answer.status >= 500 || answer.status === 404) {
      throw new HubUnreachable(`The hub answers ${answer.status} to a split view.`, 'It is told again.');
    }
    // Whatever else it says stays so: the file is the evidence, with or without the hub.
    this.#told.add(body);
    if (answer.ok) agentLog.info('finding.reported', { about });
    else agentLog.error('work.failed', { work: 'telling the hub of a split view', attempt: 1 }, await refused(answer));
  }

  async #post(body: string): Promise<Response> {
    try {
      return await this.hub.fetch(`${this.hub.url}/alerts/v1/split-views`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw unreached(this.hub.url, cause, 'It is told again.');
    }
  }
}

async function refused(answer: Response): Promise<HubProblem> {
  const {
    code = 'unknown',
    detail = '',
    cure = '',
  } = (await answer.json().catch(() => ({}))) as Record<string, string>;
  return new HubProblem({ status: answer.status, code, detail, cure });
}
