// What becomes of a token once the hub has answered: taken, recorded, refused, or settled by its final receipt.

import type { TokenStatus, TrustAnswer } from '@unbroken/contracts';
import { TlogRefused } from '@unbroken/tlog';
import { PromiseRefused } from '@unbroken/tokens';
import { HubProblem, isPassing } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import { checkReceipt } from '../promises/check-receipt.js';
import type { TokenKeeper } from '../promises/kept-token.js';
import { heldPromise, recordedBody } from '../promises/weigh-promise.js';
import { notRecorded } from '../signing/not-recorded.js';
import { envelopeOf } from './outbox-token.js';
import type { OutboxStore, OutboxToken } from './outbox-token.js';
import type { AnswerLine } from './upload.js';

export interface SettlingParts {
  readonly store: OutboxStore;
  /** Keeps each token with the hub's promise, then with its receipt, for good. */
  readonly keeper: TokenKeeper;
  readonly client: UnbrokenClient;
  /** Milliseconds since 1970: this device's clock. */
  readonly now: () => number;
}

/**
 * `waiting`: the hub does not have it; `taken`: it has it for good; `recorded`: it is in the log, and its receipt is not the
 * final one; `settled`: the final receipt is held; `refused`: the hub will not have it; `doubted`: what the hub gave does not
 * hold, and the token is kept.
 */
export type CarriedToken =
  | { readonly state: 'waiting' | 'taken' | 'recorded' }
  | {
      readonly state: 'settled';
      /** Why it means nothing: which claim and how. */
      readonly malformed?: string;
    }
  | { readonly state: 'refused'; readonly problem: HubProblem }
  | { readonly state: 'doubted'; readonly fault: Error };

export class Settling {
  readonly #parts: SettlingParts;
  #trust: Promise<TrustAnswer> | undefined;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
  }

  /**
   * Notes what the hub said of a token that was carried in. The promise is kept before the token counts as taken: a crash
   * between the two carries it in again, and the same promise comes back.
   * @throws HubUnreachable, HubProblem
   */
  note(token: OutboxToken, line: AnswerLine, promise: string | undefined): Promise<CarriedToken> {
    return orDoubted(() => this.#note(token, line, promise));
  }

  /**
   * Asks what became of a token that the hub has.
   * @throws HubUnreachable, HubProblem
   */
  settle(token: OutboxToken): Promise<CarriedToken> {
    return orDoubted(() => this.#settle(token));
  }

  async #note(token: OutboxToken, line: AnswerLine, promise: string | undefined): Promise<CarriedToken> {
    if ('refused' in line) {
      if (isPassing(line.refused.status)) return { state: 'waiting' };
      return this.#refuse(token, new HubProblem(line.refused));
    }
    if (promise !== undefined) {
      // With its receipt, before either is checked: what is false is worth keeping too.
      const receipt = 'status' in line && line.status === 'recorded' ? line.receipt : undefined;
      await this.#parts.keeper.keep({ format: 'unbroken-kept/1', token: token.token, promise, receipt });
      await heldPromise(promise, token.token, await this.#trusted());
    }
    const taken = { ...token, taken: new Date(this.#parts.now()).toISOString() };
    await this.#parts.store.replace(taken);
    if (!('status' in line)) return { state: 'taken' };
    if (line.status === 'refused') return this.#refuse(taken, notRecorded(line, evtOf(token)));
    // How a malformed one stands in the log is asked for when it is settled.
    if (line.status === 'malformed' || line.receipt === undefined) return { state: 'recorded' };
    return this.#weigh(taken, line.receipt);
  }

  async #settle(token: OutboxToken): Promise<CarriedToken> {
    const { tid } = envelopeOf(token);
    const status = await orUndefined(() => this.#parts.client.token(tid), ['token.unknown']);
    if (status === undefined) {
      // The hub has said that it has it and does not know it: it is carried in again, which harms nobody.
      const { taken: _, ...waiting } = token;
      await this.#parts.store.replace(waiting);
      return { state: 'waiting' };
    }
    if (status.status === 'pending') return { state: 'taken' };
    if (status.status === 'refused') return this.#refuse(token, notRecorded(status, evtOf(token)));
    const receipt = await orUndefined(() => this.#parts.client.receipt(tid), NO_RECEIPT_YET);
    return receipt === undefined ? { state: 'recorded' } : this.#weigh(token, receipt, status);
  }

  /** The receipt takes the place of the promise before the token is given up: a crash between the two settles it again. */
  async #weigh(token: OutboxToken, receipt: string, status?: TokenStatus): Promise<CarriedToken> {
    const trust = await this.#trusted();
    const { cosigned } = await checkReceipt(recordedBody(token.token, status), receipt, trust);
    await this.#parts.keeper.keep({ format: 'unbroken-kept/1', token: token.token, receipt });
    if (cosigned < trust.quorum) return { state: 'recorded' };
    return { state: 'settled', ...(status?.status === 'malformed' && { malformed: status.malformed }) };
  }

  /** It stays where it is, with the reason. A crash before that: the hub is asked again, and says the same. */
  async #refuse(token: OutboxToken, problem: HubProblem): Promise<CarriedToken> {
    const { code, message: what, cure } = problem;
    await this.#parts.store.replace({ ...token, refused: { code, what, cure } });
    return { state: 'refused', problem };
  }

  #trusted(): Promise<TrustAnswer> {
    this.#trust ??= this.#parts.client.trust();
    this.#trust.catch(() => (this.#trust = undefined));
    return this.#trust;
  }
}

/** What is false of one token does not keep the others from being settled. */
async function orDoubted(settle: () => Promise<CarriedToken>): Promise<CarriedToken> {
  try {
    return await settle();
  } catch (fault) {
    const isFalse = fault instanceof PromiseRefused || fault instanceof TlogRefused || fault instanceof RangeError;
    if (isFalse) return { state: 'doubted', fault };
    throw fault;
  }
}

/** No checkpoint covers it yet; or the log it was in has lost it and has ended, and another may record it. */
const NO_RECEIPT_YET: readonly string[] = ['receipt.not-signed', 'receipt.not-witnessed', 'receipt.lost'];

async function orUndefined<T>(ask: () => Promise<T>, codes: readonly string[]): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HubProblem && codes.includes(error.code)) return undefined;
    throw error;
  }
}

const evtOf = (token: OutboxToken): string => envelopeOf(token).claims.evt;
