// The sender's door keeps its own users from sending what their policy forbids (docs/protocol, section 5, `dispatch.*`).
// It judges a release by the chain as it will be once everything is recorded that was posted here, and lets none pass
// that it cannot judge. It guards this door alone: a release that comes another way is recorded and raises the alarm.

import { setTimeout as pause } from 'node:timers/promises';
import type { ChainStore, RegistryView } from '@unbroken/chains';
import { emptyChain } from '@unbroken/custody';
import type { IntakeGate, WellFormed } from '@unbroken/intake';
import type { Clock, Problem } from '@unbroken/platform';
import { isShipmentId } from '@unbroken/tokens';
import type { Envelope, ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import { judgeRelease } from './judge-release.js';
import type { Verdict } from './judge-release.js';
import type { Pending } from './pending.js';
import { registryRead } from './registry-read.js';
import { Rehearsal } from './rehearsal.js';
import { Signatures } from './signatures.js';

/** How long what the ledger has just recorded may take to be known here, before a release is refused for lack of it. */
const NEWS_MS = 2_000;
const LOOK_AGAIN_MS = 50;
const LONGEST_PAUSE_MS = 250;

export interface DispatchGateParts {
  readonly database: DataSource;
  readonly chains: ChainStore;
  readonly view: RegistryView;
  readonly pending: Pending;
  readonly clock: Clock;
}

export class DispatchGate implements IntakeGate {
  readonly #signatures: Signatures;

  constructor(private readonly parts: DispatchGateParts) {
    this.#signatures = new Signatures(parts.view.registry);
  }

  /** @throws Problem 503 where a release would have to be judged before the registry is read */
  async refusals(tokens: readonly WellFormed[]): Promise<ReadonlyMap<WellFormed, Problem>> {
    const releases = tokens.filter(isRelease);
    if (releases.length === 0) return new Map();
    await registryRead(this.parts.view);
    const end = performance.now() + NEWS_MS;
    for (let ms = LOOK_AGAIN_MS; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
      const verdicts = await this.#verdicts(releases, tokens);
      const isSure = verdicts.every(([, { unsure }]) => !unsure);
      if (isSure || performance.now() >= end) {
        return new Map(verdicts.flatMap(([release, { refused }]) => (refused ? [[release, refused]] : [])));
      }
      await pause(ms);
    }
  }

  /** What its known key did not sign is not kept: it would be in the way of every release until it is refused. */
  kept(manager: EntityManager, tokens: readonly WellFormed[]): Promise<void> {
    const { pending, clock } = this.parts;
    const possible = tokens
      .map(({ envelope }) => envelope)
      .filter((envelope) => isShipmentId(envelope.claims.sub) && this.#signatures.of(envelope) !== 'forged');
    return pending.keep(manager, possible, new Date(clock.now()));
  }

  forget(before: Date): Promise<void> {
    return this.parts.pending.forget(this.parts.database.manager, before);
  }

  async #verdicts(
    releases: readonly WellFormed[],
    tokens: readonly WellFormed[],
  ): Promise<readonly (readonly [WellFormed, Verdict])[]> {
    const rehearsals = await this.#rehearsals([...new Set(releases.map(shipmentOf))].filter(isShipmentId), tokens);
    const { view } = this.parts;
    return releases.flatMap((release) => {
      const rehearsal = rehearsals.get(shipmentOf(release));
      if (rehearsal === undefined) return [];
      return [[release, judgeRelease(release.envelope, { rehearsal, signatures: this.#signatures, view })] as const];
    });
  }

  /** What waits is read before the chains: what is folded in between is in both, and never in neither. */
  async #rehearsals(
    subs: readonly ShipmentId[],
    tokens: readonly WellFormed[],
  ): Promise<ReadonlyMap<string, Rehearsal>> {
    const { chains, pending, database, view, clock } = this.parts;
    const waiting = await pending.of(database.manager, subs);
    const states = await chains.getMany(subs);
    const posted = new Map<string, Envelope[]>(subs.map((sub) => [sub, []]));
    for (const envelope of waiting) posted.get(envelope.claims.sub)?.push(envelope);
    for (const { envelope } of tokens) posted.get(envelope.claims.sub)?.push(envelope);
    return new Map(
      subs.map((sub) => {
        const parts = { recorded: states.get(sub) ?? emptyChain(sub), posted: posted.get(sub) ?? [] };
        return [sub, new Rehearsal({ ...parts, signatures: this.#signatures, view, now: clock.now() })];
      }),
    );
  }
}

const isRelease = ({ envelope: { claims } }: WellFormed): boolean =>
  claims.evt === 'released' && isShipmentId(claims.sub);

const shipmentOf = ({ envelope }: WellFormed): string => envelope.claims.sub;
