// The sender's door keeps its own users from sending what their policy forbids (docs/protocol, section 5, `dispatch.*`).
// It judges a release by the chain as it will be once everything is recorded that was posted here. It guards this door
// alone: a release that comes another way is recorded and raises the alarm.

import { setTimeout as pause } from 'node:timers/promises';
import type { ChainStore, RegistryView } from '@unbroken/chains';
import { defaultPolicy, defaultPolicyHash, emptyChain, evolve } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import type { IntakeGate, WellFormed } from '@unbroken/intake';
import type { Clock, Problem } from '@unbroken/platform';
import { isShipmentId } from '@unbroken/tokens';
import type { Envelope, ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import { dispatchProblem } from './dispatch-problem.js';
import { holds } from './holds.js';
import type { Pending } from './pending.js';
import { asRecorded, dispatchFindings, signedOf } from './rehearse.js';

/** How long what the registry has just recorded may take to be known here, before a release is refused for lack of it. */
const NEWS_MS = 2_000;
const LOOK_AGAIN_MS = 50;

export interface DispatchGateParts {
  readonly database: DataSource;
  readonly chains: ChainStore;
  readonly view: RegistryView;
  readonly pending: Pending;
  readonly clock: Clock;
}

interface Rehearsed {
  readonly refusals: Map<WellFormed, Problem>;
  /** Something was judged by a key or a policy that is not known here; it may be known in a moment. */
  readonly unsure: boolean;
}

export class DispatchGate implements IntakeGate {
  constructor(private readonly parts: DispatchGateParts) {}

  async refusals(tokens: readonly WellFormed[]): Promise<ReadonlyMap<WellFormed, Problem>> {
    const subs = releasedIn(tokens);
    if (subs.length === 0) return new Map();
    const end = performance.now() + NEWS_MS;
    for (;;) {
      const { refusals, unsure } = await this.#rehearse(subs, tokens);
      if (refusals.size === 0 || !unsure || performance.now() >= end) return refusals;
      await pause(LOOK_AGAIN_MS);
    }
  }

  kept(manager: EntityManager, tokens: readonly WellFormed[]): Promise<void> {
    const { pending, clock } = this.parts;
    return pending.keep(manager, tokens, new Date(clock.now()));
  }

  forget(before: Date): Promise<void> {
    return this.parts.pending.forget(this.parts.database.manager, before);
  }

  async #rehearse(subs: readonly ShipmentId[], tokens: readonly WellFormed[]): Promise<Rehearsed> {
    const { chains, pending, database } = this.parts;
    const waiting = await pending.of(database.manager, subs);
    const states = new Map(await chains.getMany(subs));
    const refusals = new Map<WellFormed, Problem>();
    let unsure = false;
    const play = (envelope: Envelope, upload?: WellFormed): void => {
      const sub = subs.find((one) => one === envelope.claims.sub);
      if (sub === undefined) return;
      const step = this.#step(states.get(sub) ?? emptyChain(sub), envelope);
      unsure ||= step.unsure;
      if (step.refused === undefined) states.set(sub, step.state);
      else if (upload !== undefined) refusals.set(upload, step.refused);
    };
    for (const envelope of waiting) play(envelope);
    for (const upload of tokens) play(upload.envelope, upload);
    return { refusals, unsure };
  }

  /** One token onto the chain as it will be: what it becomes, or why it must not pass. */
  #step(state: ChainState, envelope: Envelope): { state: ChainState; refused?: Problem; unsure: boolean } {
    const { view, clock } = this.parts;
    const signed = signedOf(envelope, view.deployment);
    const known = state.history.some(({ tid }) => tid === envelope.tid);
    const standing = holds(envelope, view.registry);
    // What the ledger will refuse lets nothing pass, and is the ledger's to refuse.
    if (signed === undefined || known || standing === 'forged') return { state, unsure: false };
    const recorded = asRecorded(signed, state, view, clock.now());
    const after = evolve(state, recorded);
    const unsure = standing === 'unknown-key' || isPolicyUnknown(after, view);
    const findings = dispatchFindings(state, recorded, view);
    if (findings.length === 0) return { state: after, unsure };
    return { state, refused: dispatchProblem(findings, view.policyOf(state)), unsure };
  }
}

/** It names a policy of its own, and is judged by the default one. */
const isPolicyUnknown = (state: ChainState, view: RegistryView): boolean =>
  state.policy !== null && state.policy !== defaultPolicyHash && view.policyOf(state) === defaultPolicy;

/** The shipments that an upload releases. */
function releasedIn(tokens: readonly WellFormed[]): ShipmentId[] {
  const subs = tokens.map(({ envelope }) => envelope.claims).filter(({ evt }) => evt === 'released');
  return [...new Set(subs.map(({ sub }) => sub))].filter(isShipmentId);
}
