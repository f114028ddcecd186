// Admission by itself, as it is in development: the operator's party exists, and every party that establishes itself
// is let in with the roles it asked for.

import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { RegistryView } from '@unbroken/chains';
import { registryEntry } from '@unbroken/chains';
import type { RegistryEntry } from '@unbroken/custody';
import type { Intake } from '@unbroken/intake';
import { PoisonMessage } from '@unbroken/platform';
import type { Clock, RawMessage, ReadinessCheck, ReadinessState } from '@unbroken/platform';
import type { PartyId } from '@unbroken/tokens';
import { registryLog } from '../registry-log.js';
import { operatorKey } from './operator-key.js';
import type { OperatorKey } from './operator-key.js';
import { admitParty, establishOperator } from './operator-tokens.js';
import type { Established } from './operator-tokens.js';

const LOOK_AGAIN_MS = 100;

export interface AdmissionParts {
  readonly intake: Intake;
  readonly view: RegistryView;
  readonly clock: Clock;
  readonly operator: PartyId;
  readonly stateDir: string;
}

export class Admission implements OnApplicationBootstrap, OnModuleDestroy {
  #key: Promise<OperatorKey> | undefined;
  #state: ReadinessState = { ok: false, why: 'waits for the registry log' };
  #stopping = false;

  constructor(private readonly parts: AdmissionParts) {}

  onApplicationBootstrap(): void {
    void this.#begin();
  }

  onModuleDestroy(): void {
    this.#stopping = true;
  }

  get readiness(): ReadinessCheck {
    return { name: 'registry admission', check: () => Promise.resolve(this.#state) };
  }

  /**
   * Admits the parties that these messages of registry.recorded.v1 establish. A crash before the messages are marked
   * as read has them come again; the tokens signed then are the same ones.
   */
  async admit(messages: readonly RawMessage[]): Promise<void> {
    const established = messages.flatMap((message) => this.#established(message));
    const newest = Math.max(0, ...established.map(({ index }) => index + 1));
    await this.parts.view.reach(newest);
    const waiting = established.filter((entry) => this.#waits(entry));
    if (waiting.length === 0) return;
    const key = await this.#ownKey();
    const tokens = await Promise.all(waiting.map((entry) => admitParty(entry, this.parts.operator, key)));
    await this.#post(tokens);
    registryLog.info('party.admitted', { parties: waiting.length });
  }

  async #begin(): Promise<void> {
    try {
      const key = await this.#ownKey();
      await this.#caughtUp();
      if (!this.#stopping) await this.#establish(key);
    } catch (error) {
      this.#state = { ok: false, why: 'the operator’s key cannot be used; see the log' };
      registryLog.error('admission.failed', {}, error);
    }
  }

  async #establish(key: OperatorKey): Promise<void> {
    const { view, operator } = this.parts;
    const known = view.registry.party(operator);
    if (known !== undefined && known.rootKid !== key.signer.kid) {
      this.#state = { ok: false, why: `${operator} is established with another key than keys/operator.json` };
      registryLog.error('operator.other-key', { party: operator });
      return;
    }
    if (known === undefined) await this.#post([await establishOperator(operator, key, view.deployment)]);
    this.#state = { ok: true };
  }

  /** The log is known as far as it went when this process started: who is not in it then is not in it. */
  async #caughtUp(): Promise<void> {
    const checks = this.parts.view.readiness;
    while (!this.#stopping) {
      const states = await Promise.all(checks.map((one) => one.check()));
      if (states.every(({ ok }) => ok)) return;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Of the entries that establish a party the first counts. The operator never waits: being established admits it. */
  #waits({ index, claims }: Established & { readonly index: number }): boolean {
    const party = this.parts.view.registry.party(claims.sub);
    return party?.establishedAt === index && party.admittedAt === null;
  }

  #established(message: RawMessage): (Established & { readonly index: number })[] {
    const entry = readable(message, this.parts.view.deployment);
    if (entry === undefined || !('claims' in entry) || entry.claims.evt !== 'established') return [];
    return [{ tid: entry.tid, claims: entry.claims, recordedAt: entry.recordedAt, index: entry.index }];
  }

  #ownKey(): Promise<OperatorKey> {
    this.#key ??= operatorKey(this.parts.stateDir, this.parts.clock.now());
    return this.#key;
  }

  async #post(tokens: readonly string[]): Promise<void> {
    const { intake } = this.parts;
    await intake.take(intake.read(tokens.map((token) => Buffer.from(token))));
  }
}

/** What is no entry establishes nobody; the registry view tells of it. */
function readable(message: RawMessage, deployment: string): RegistryEntry | undefined {
  try {
    return registryEntry(message, deployment);
  } catch (error) {
    if (error instanceof PoisonMessage) return undefined;
    throw error;
  }
}
