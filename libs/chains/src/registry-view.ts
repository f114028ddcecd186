// What the registry log says, in memory, in every process that judges: it follows registry.recorded.v1 and the policy
// documents from their beginning, so that no service ever asks another about a key.

import { Registry, partyRecorded, readPolicy, rulesOf } from '@unbroken/custody';
import type { JudgeContext, Policy, RegistryEntry } from '@unbroken/custody';
import { FollowReader, PoisonMessage } from '@unbroken/platform';
import type { RawMessage, ReadinessCheck } from '@unbroken/platform';
import { isPartyId } from '@unbroken/tokens';
import type { Hash, KeyId, PartyId } from '@unbroken/tokens';
import type { Kafka } from 'kafkajs';
import { chainsLog } from './chains-log.js';
import { Milestone } from './milestone.js';
import { readEntry } from './read-entry.js';

export interface RegistryViewOptions {
  readonly kafka: Kafka;
  /** Topic prefix. */
  readonly prefix: string;
  /** The name that tokens carry in `aud`. */
  readonly deployment: string;
  readonly operator: PartyId;
  /** The operator's root key, where the settings pin it. */
  readonly operatorKid?: KeyId;
}

/** One for each process, shared by its services. */
export class RegistryView {
  readonly registry: Registry;
  readonly deployment: string;
  /** What `judge` asks beyond the chain itself. */
  readonly context: JudgeContext;
  readonly #entries: FollowReader;
  readonly #policies: FollowReader;
  readonly #documents = new Map<Hash, Policy>();
  /** Their texts as published: what their hashes are of. */
  readonly #texts = new Map<Hash, string>();
  readonly #size = new Milestone();
  readonly #nextDocument = new Milestone();
  /** One once everything is known that was there at the start. */
  readonly #caughtUp = new Milestone();

  constructor({ kafka, prefix, deployment, ...operator }: RegistryViewOptions) {
    this.registry = new Registry(operator);
    this.deployment = deployment;
    this.context = rulesOf(this.registry, this.#documents);
    this.#entries = new FollowReader({
      kafka,
      prefix,
      topic: 'registry.recorded.v1',
      onBatch: (messages) => messages.forEach((message) => this.#record(message)),
    });
    this.#policies = new FollowReader({
      kafka,
      prefix,
      topic: 'registry.documents.v1',
      onBatch: (messages) => messages.forEach((message) => this.#file(message)),
    });
  }

  /** Returns at once; the view fills while `reach` and readiness tell how far it is. */
  start(): void {
    this.#entries.start();
    this.#policies.start();
    void Promise.all([this.#entries.caughtUp, this.#policies.caughtUp]).then(() => this.#caughtUp.advance(1n));
  }

  /** Whoever waits in `reach` is let go with an error of the Kafka client. */
  async stop(): Promise<void> {
    this.#size.stop();
    this.#nextDocument.stop();
    this.#caughtUp.stop();
    await Promise.all([this.#entries.stop(), this.#policies.stop()]);
  }

  /** How many entries of the registry log are known here. */
  get size(): number {
    return Number(this.#size.reached);
  }

  /**
   * Resolves when the registry log is known up to `size` entries and so is all that was there at the start, policies
   * included, however long that takes. Who judges sooner takes every key for unknown and every policy for the default.
   */
  async reach(size: number): Promise<void> {
    await Promise.all([this.#size.until(BigInt(size)), this.#caughtUp.until(1n)]);
  }

  /** Resolves when the message at this offset of registry.documents.v1 is known. */
  reachDocument(offset: string | bigint): Promise<void> {
    return this.#nextDocument.until(BigInt(offset) + 1n);
  }

  /** A policy document's exact text; undefined where nobody has published it. */
  policyText(policy: Hash): string | undefined {
    return this.#texts.get(policy);
  }

  /** Ready once everything is known that was there at the start. */
  get readiness(): readonly ReadinessCheck[] {
    return [this.#entries.readiness, this.#policies.readiness];
  }

  /** Entries come again after a restart of the ledger; a hole never comes, and the view would rather wait than guess. */
  #record(message: RawMessage): void {
    const entry = this.#readable(message);
    if (entry === null || entry.index < this.size) return;
    if (entry.index > this.size) throw new Error(`registry entry ${this.size} is missing before ${entry.index}`);
    this.registry.append(entry);
    this.#size.advance(BigInt(entry.index + 1));
  }

  /** Whatever is no entry has no place in the log: it is told and passed over. */
  #readable(message: RawMessage): RegistryEntry | null {
    try {
      return registryEntry(message, this.deployment);
    } catch (error) {
      if (!(error instanceof PoisonMessage)) throw error;
      chainsLog.error('registry.unreadable', { topic: message.topic, offset: message.offset, reason: error.reason });
      return null;
    }
  }

  #file(message: RawMessage): void {
    try {
      const text = message.value?.toString() ?? '';
      const { policy, hash } = readPolicy(text);
      this.#documents.set(hash, policy);
      this.#texts.set(hash, text);
    } catch {
      // The registry service takes readable documents only; whatever else is here leaves its hash without a document.
      const { topic, offset } = message;
      chainsLog.error('registry.unreadable', { topic, offset, reason: 'not a policy document' });
    }
    this.#nextDocument.advance(BigInt(message.offset) + 1n);
  }
}

/**
 * Reads a message of registry.recorded.v1.
 * @throws PoisonMessage when it is not an entry of a party's chain
 */
export function registryEntry(message: RawMessage, deployment: string): RegistryEntry {
  const entry = readEntry(message);
  const named = entry.kind === 'token' ? entry.envelope.claims.sub : message.key;
  if (!isPartyId(named)) throw new PoisonMessage(message.offset, 'not about a party');
  if (entry.kind === 'token') return partyRecorded(entry, entry.envelope, named, deployment);
  const { index, recordedAt, tid, kid, reason } = entry;
  return { index, recordedAt, tid, kid, sub: named, malformed: reason };
}
