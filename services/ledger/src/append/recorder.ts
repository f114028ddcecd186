// What is done to the logs, step by step. Nothing here is safe to do twice at a time: Recording lets one step in after
// the other.

import type { OperatorPin } from '../keys/operator.js';
import type { KeyId } from '@unbroken/tokens';
import type { Arrival } from '../arrival.js';
import { loadRegistry } from '../keys/load-registry.js';
import { RegistryBook } from '../keys/registry-book.js';
import type { KeyNews } from '../keys/registry-book.js';
import { log } from '../log.js';
import { writtenOf } from '../logs.js';
import type { LogName, Logs } from '../logs.js';
import { LONGEST_WAIT_MS, awaitedKeys, parkedBefore, parkedOf } from '../park/parked-tokens.js';
import { refused } from '../verify/refusal.js';
import type { VerificationPool } from '../verify/verification-pool.js';
import type { Judgement, OfPartyChain } from '../verify/verdict.js';
import { appendCustody } from './append-custody.js';
import type { Judged } from './append-custody.js';
import { appendRegistry } from './append-registry.js';
import type { Batch } from './batch.js';
import { OpenLogs } from './open-logs.js';
import type { LogPorts } from './open-logs.js';
import type { HeldRole } from './writer-role.js';

export interface RecorderPorts extends LogPorts {
  readonly pool: VerificationPool;
  readonly deployment: string;
  readonly logs: Logs;
  readonly operator: OperatorPin;
  /** Rejects, with the cure, when the logs do not hold what was signed of them. */
  readonly mayWrite: (heads: HeldRole['heads']) => Promise<void>;
  /** Called after each commit. */
  readonly written: (batch: Batch) => void;
}

export class Recorder {
  readonly #ports: RecorderPorts;
  readonly #logs: OpenLogs;
  #book: RegistryBook;

  constructor(ports: RecorderPorts, role: Pick<HeldRole, 'epoch' | 'heads' | 'custody'>) {
    this.#ports = ports;
    this.#logs = new OpenLogs(ports, role);
    this.#book = new RegistryBook(ports.operator);
  }

  /** The logs that are written. */
  get written(): readonly LogName[] {
    return writtenOf(this.#logs);
  }

  /** Reads the registry and goes on with whatever is parked for keys that count: the start, after a crash or not. */
  async begin(): Promise<void> {
    this.#book = await loadRegistry(this.#ports.dataSource, this.#logs.size('registry'), this.#ports);
    const { counting, signing } = this.#book.news();
    this.#ports.pool.learn(counting);
    const awaited = await awaitedKeys(this.#ports.dataSource);
    await this.#follow({
      counting: counting.filter(({ kid }) => awaited.has(kid)),
      signing: signing.filter((kid) => awaited.has(kid)),
    });
  }

  /** A verdict for each; may run at any time, beside the other steps. */
  async verify(arrivals: readonly Arrival[]): Promise<Judged[]> {
    const verdicts = await this.#ports.pool.verify(arrivals.map(({ bytes }) => bytes));
    return arrivals.flatMap((arrival, i) => {
      const verdict = verdicts[i];
      return verdict === undefined ? [] : [{ arrival, verdict }];
    });
  }

  async record(judged: readonly Judged[]): Promise<void> {
    const ofParties = judged.filter((one): one is Judged<OfPartyChain> => one.verdict.is === 'party-chain');
    const ofShipments = judged.filter((one): one is Judged<Judgement> => one.verdict.is !== 'party-chain');
    if (ofParties.length > 0) await this.#recordParties(ofParties);
    if (ofShipments.length > 0) await this.#recordShipments(ofShipments);
  }

  /** Refuses some of what has waited too long for its key; answers whether there may be more. */
  async refuseOverdue(name: LogName): Promise<boolean> {
    const { dataSource, clock, written } = this.#ports;
    const overdue = await parkedBefore(dataSource, name, clock.now() - LONGEST_WAIT_MS);
    if (overdue.length === 0) return false;
    const batch = await this.#logs.append(name, { tids: [], registrySize: null }, (batch) => {
      for (const arrival of overdue) batch.add(arrival, refused('token.unknown-key', '/kid', arrival.reading));
    });
    log.info('parked.refused', { log: name, count: overdue.length });
    written(batch);
    return true;
  }

  async #recordShipments(judged: readonly Judged<Judgement>[]): Promise<void> {
    this.#ports.written(await appendCustody(this.#logs, this.#book, this.#ports.deployment, judged));
  }

  async #recordParties(judged: readonly Judged<OfPartyChain>[]): Promise<void> {
    this.#ports.written(await appendRegistry(this.#logs, this.#book, this.#ports.deployment, judged));
    await this.#follow(this.#book.news());
  }

  /** Makes the keys known and goes on with what waited for them. A crash before this: the next `begin` does it. */
  async #follow({ counting, signing }: KeyNews): Promise<void> {
    this.#ports.pool.learn(counting);
    await this.#goOn('registry', signing);
    await this.#goOn(
      this.#logs.custody,
      counting.map(({ kid }) => kid),
    );
  }

  async #goOn(name: LogName, kids: readonly KeyId[]): Promise<void> {
    if (kids.length === 0) return;
    for (let page = await parkedOf(this.#ports.dataSource, name, kids); page.arrivals.length > 0;) {
      await this.record(await this.verify(page.arrivals));
      log.info('parked.recorded', { log: name, count: page.arrivals.length });
      page = await parkedOf(this.#ports.dataSource, name, kids, page.after);
    }
  }
}
