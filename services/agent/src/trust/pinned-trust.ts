// Whom this agent trusts: a copy of the trust policy that the hub cannot change. Given as a file, or, outside production,
// taken from the hub at first contact and kept as it was. One thing is added to it: a log that succeeds a trusted one,
// where the key of that says so.

import { join } from 'node:path';
import { makeOnce, namesIn, readIfThere } from '@unbroken/platform/process';
import { openSuccessions, readTrust } from '@unbroken/evidence';
import type { OpenedSuccession } from '@unbroken/evidence';
import type { TrustAnswer } from '@unbroken/contracts';
import type { UnbrokenClient } from '@unbroken/sdk';
import { formatVkey, parseVkey } from '@unbroken/tlog';
import type { VerifierKey } from '@unbroken/tlog';
import { agentLog } from '../agent-log.js';
import { fileNameOf } from '../home.js';

export interface TrustedLog {
  readonly origin: string;
  readonly key: VerifierKey;
}

export interface PinnedTrustParts {
  /** The file the party was given; undefined: pinned at first contact in `kept`. */
  readonly given?: string | undefined;
  readonly kept: string;
  /** Folder of the statements that are gone by. */
  readonly successions: string;
  readonly client: Pick<UnbrokenClient, 'trust'>;
}

export class PinnedTrust {
  #answer: TrustAnswer | undefined;
  #logs: readonly TrustedLog[] = [];
  #successions: readonly OpenedSuccession[] = [];

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
    if (text !== undefined) await this.#take(text);
    else if (given !== undefined) throw new Error(`${given} is not there: write it with \`unbroken trust\``);
  }

  /** As kept, else pinned now from what the hub says. @throws HubUnreachable, HubProblem before the first contact */
  async reach(): Promise<TrustAnswer> {
    if (this.#answer !== undefined) return this.#answer;
    const said = await this.parts.client.trust();
    const known = said.operator.kid !== null && said.logs.every(({ vkey }) => vkey !== null);
    if (!known) throw new Error('the hub does not say yet which keys are its operator’s and its logs’');
    // A crash before this pins at the next start, whatever the hub says then; after it never again.
    const pinned = await this.#take(await makeOnce(this.parts.kept, `${JSON.stringify(said, null, 2)}\n`));
    agentLog.info('trust.pinned', { deployment: said.deployment, logs: said.logs.length });
    return pinned;
  }

  /** What a log ended with, by the statement that is gone by; undefined for one that goes on. */
  endOf(origin: string): OpenedSuccession | undefined {
    return this.#successions.find(({ ended }) => ended.origin === origin);
  }

  /** Statements of the hub that hold and are not gone by yet, for whoever looks whether they fit what was seen. */
  async offered(): Promise<readonly (OpenedSuccession & { readonly statement: string })[]> {
    const { successions: statements = [] } = await this.parts.client.trust();
    const opened: (OpenedSuccession & { readonly statement: string })[] = [];
    for (const statement of statements) {
      const known = this.#answer?.successions ?? [];
      if (known.includes(statement)) continue;
      const others = [...known, ...opened.map((one) => one.statement)];
      const all = await openSuccessions([...others, statement], this.#logs, (why) =>
        agentLog.warn('succession.refused', { why }),
      );
      const one = all.at(-1);
      if (all.length === others.length + 1 && one !== undefined) opened.push({ ...one, statement });
    }
    return opened;
  }

  /** From now on the log that goes on is trusted. A crash before it is on the disk: it is offered again. */
  async follow(statement: string, { origin }: OpenedSuccession): Promise<void> {
    await makeOnce(join(this.parts.successions, fileNameOf(origin)), statement);
    await this.#add([statement]);
    agentLog.info('succession.followed', { origin });
  }

  async #add(statements: readonly string[]): Promise<void> {
    if (this.#answer === undefined) return;
    const known = [...new Set([...(this.#answer.successions ?? []), ...statements])];
    if (known.length === 0) return;
    const opened = await openSuccessions(known, this.#logs, (why) => {
      throw new Error(`a statement in ${this.parts.successions} does not hold: ${why}. Put the folder back as it was`);
    });
    const fresh = opened.filter(({ origin }) => this.keysOf(origin).length === 0);
    this.#successions = opened;
    this.#logs = [...this.#logs, ...fresh.map(({ origin, key }) => ({ origin, key }))];
    const logs = [...this.#answer.logs, ...fresh.map(({ origin, key }) => ({ origin, vkey: formatVkey(key) }))];
    this.#answer = { ...this.#answer, logs, successions: known };
  }

  async #take(text: string): Promise<TrustAnswer> {
    const answer = readTrust(text);
    this.#logs = answer.logs.flatMap(({ origin, vkey }) => (vkey === null ? [] : [{ origin, key: parseVkey(vkey) }]));
    this.#answer = answer;
    const { successions: folder } = this.parts;
    const names = (await namesIn(folder)).toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const kept = await Promise.all(names.map((name) => readIfThere(join(folder, name))));
    await this.#add(kept.filter((text) => text !== undefined));
    return this.#answer;
  }
}
