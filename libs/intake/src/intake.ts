// Taking tokens in: form check, gate, and the transaction that makes a 202 true.

import type { EntityManager } from 'typeorm';
import { StatementReader } from '@unbroken/manifests';
import type { Manifest } from '@unbroken/manifests';
import type { Clock, OutboxRelay, Problem } from '@unbroken/platform';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { Checked, WellFormed } from './check-form.js';
import { checkForm, isWellFormed } from './check-form.js';
import { checkManifest } from './check-manifest.js';
import type { IntakeGate } from './gate.js';
import { refusalProblem } from './http/refusal-problem.js';
import type { Promised, Received } from './received/received.js';
import { whileAway } from './received/while-away.js';

/** What became of one uploaded token: it is kept and will be published, or it was not taken. */
export type Taken = { readonly token: WellFormed; readonly promised: Promised } | { readonly refused: Problem };

export interface IntakeParts {
  readonly received: Received;
  readonly relay: OutboxRelay;
  readonly clock: Clock;
  readonly gate?: IntakeGate | undefined;
}

export class Intake {
  constructor(private readonly parts: IntakeParts) {}

  /** The form check alone; total. */
  read(tokens: readonly Buffer[]): Checked[] {
    const reader = new StatementReader(nodeSha256);
    return tokens.map((bytes) => checkForm(bytes, reader));
  }

  /** That of a whole manifest: its pieces, or the one reason why it is none; total. */
  readManifest(manifest: Manifest): Promise<Checked[]> {
    return checkManifest(manifest);
  }

  /**
   * Keeps an upload: one answer for each of its tokens, in their order. When it returns, what was taken is durable and
   * will reach the ledger even if this process ends now. `deviceClock` is in milliseconds since the epoch.
   * Throws a Problem 503 where Postgres stays away for longer than a request can wait.
   */
  async take(upload: readonly Checked[], deviceClock?: number): Promise<Taken[]> {
    const times = { receivedAt: this.parts.clock.now(), ...(deviceClock === undefined ? {} : { deviceClock }) };
    return whileAway(async () => {
      const heldBack = await this.#heldBack(upload.filter(isWellFormed));
      const kept = upload.filter((checked) => !isWellFormed(checked) || !heldBack.has(checked));
      const promised = await this.parts.received.keep(kept, times, (manager, fresh) => this.#tellGate(manager, fresh));
      this.parts.relay.wake();
      return upload.map((checked) => takenOf(checked, heldBack, promised));
    });
  }

  /** What the gate holds back, but for bytes that it let pass before: the same bytes get the same answer. */
  async #heldBack(tokens: readonly WellFormed[]): Promise<ReadonlyMap<WellFormed, Problem>> {
    const refusals = (await this.parts.gate?.refusals(tokens)) ?? new Map<WellFormed, Problem>();
    const known = await this.parts.received.known([...refusals.keys()]);
    return new Map([...refusals].filter(([{ hash }]) => !known.has(hash)));
  }

  async #tellGate(manager: EntityManager, fresh: readonly Checked[]): Promise<void> {
    await this.parts.gate?.kept(manager, fresh.filter(isWellFormed));
  }
}

function takenOf(
  checked: Checked,
  heldBack: ReadonlyMap<WellFormed, Problem>,
  promised: ReadonlyMap<string, Promised>,
): Taken {
  if (!isWellFormed(checked)) return { refused: refusalProblem(checked.refusal) };
  const refused = heldBack.get(checked);
  if (refused !== undefined) return { refused };
  const times = promised.get(checked.hash);
  if (times === undefined) throw new Error('a token was taken and not kept');
  return { token: checked, promised: times };
}
