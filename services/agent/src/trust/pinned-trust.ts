// Whom this agent trusts: a copy of the trust policy that the hub cannot change. Given as a file, or, outside production,
// taken from the hub at first contact and kept as it was.

import { makeOnce, readIfThere } from '@unbroken/platform';
import { readTrust } from '@unbroken/evidence';
import type { TrustAnswer } from '@unbroken/contracts';
import type { UnbrokenClient } from '@unbroken/sdk';
import { parseVkey } from '@unbroken/tlog';
import type { VerifierKey } from '@unbroken/tlog';
import { agentLog } from '../agent-log.js';

export interface TrustedLog {
  readonly origin: string;
  readonly key: VerifierKey;
}

export interface PinnedTrustParts {
  /** The file the party was given; undefined: pinned at first contact in `kept`. */
  readonly given?: string | undefined;
  readonly kept: string;
  readonly client: Pick<UnbrokenClient, 'trust'>;
}

export class PinnedTrust {
  #answer: TrustAnswer | undefined;
  #logs: readonly TrustedLog[] = [];

  constructor(private readonly parts: PinnedTrustParts) {}

  /** Undefined before the first contact. */
  get answer(): TrustAnswer | undefined {
    return this.#answer;
  }

  /** None before the first contact. */
  get logs(): readonly TrustedLog[] {
    return this.#logs;
  }

  keysOf(origin: string): readonly VerifierKey[] {
    return this.#logs.filter((log) => log.origin === origin).map(({ key }) => key);
  }

  /** Reads what is kept, asking nobody. @throws EvidenceRefused, TlogRefused, Error with the file that cannot be used */
  async open(): Promise<void> {
    const { given, kept } = this.parts;
    const text = await readIfThere(given ?? kept);
    if (text !== undefined) this.#take(text);
    else if (given !== undefined) throw new Error(`${given} is not there: write it with \`unbroken trust\``);
  }

  /** As kept, else pinned now from what the hub says. @throws HubUnreachable, HubProblem before the first contact */
  async reach(): Promise<TrustAnswer> {
    if (this.#answer !== undefined) return this.#answer;
    const said = await this.parts.client.trust();
    const known = said.operator.kid !== null && said.logs.every(({ vkey }) => vkey !== null);
    if (!known) throw new Error('the hub does not say yet which keys are its operator’s and its logs’');
    // A crash before this pins at the next start, whatever the hub says then; after it never again.
    this.#take(await makeOnce(this.parts.kept, `${JSON.stringify(said, null, 2)}\n`));
    agentLog.info('trust.pinned', { deployment: said.deployment, logs: said.logs.length });
    return said;
  }

  #take(text: string): void {
    const answer = readTrust(text);
    this.#logs = answer.logs.flatMap(({ origin, vkey }) => (vkey === null ? [] : [{ origin, key: parseVkey(vkey) }]));
    this.#answer = answer;
  }
}
