// One request of the outbox, and an answer for each of its tokens also where none was taken.

import type { TokensAnswer } from '@unbroken/contracts';
import { HubProblem } from '../client/hub-errors.js';
import type { ProblemDetails } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { OutboxToken } from './outbox-token.js';

/** What the hub says of one token. */
export type AnswerLine =
  Exclude<TokensAnswer['tokens'][number], { refused: unknown }> | { readonly refused: ProblemDetails };

export interface Uploaded {
  readonly lines: readonly AnswerLine[];
  readonly promise: string | undefined;
}

/**
 * Posts tokens of one door. `clock` is this device's clock in seconds, `wait` how many to wait for the record.
 * @throws HubUnreachable; HubProblem where the hub says nothing of each token
 */
export async function uploaded(
  client: UnbrokenClient,
  batch: readonly OutboxToken[],
  { clock, wait }: { readonly clock: number; readonly wait: number },
): Promise<Uploaded> {
  const [first] = batch;
  if (first === undefined) return { lines: [], promise: undefined };
  const waiting = wait > 0 ? { wait, receipt: true } : {};
  const tokens = batch.map(({ token }) => token);
  try {
    const { tokens: lines, promise } = await client.post(first.door, tokens, { clock, ...waiting });
    return { lines, promise };
  } catch (error) {
    if (!(error instanceof HubProblem) || error.isPassing) throw error;
    if (error.errors.length === batch.length) {
      return { lines: error.errors.map((refused) => ({ refused })), promise: undefined };
    }
    if (batch.length === 1) return { lines: [{ refused: detailsOf(error) }], promise: undefined };
    throw error;
  }
}

const detailsOf = ({ status, code, message, cure }: HubProblem): ProblemDetails => ({
  status,
  code,
  detail: message,
  cure,
});
