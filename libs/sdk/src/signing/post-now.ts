// A token on its way to the hub at once, with nothing but the hub to keep it.

import type { TrustAnswer } from '@unbroken/contracts';
import { HubProblem } from '../client/hub-errors.js';
import type { Door, UnbrokenClient } from '../client/unbroken-client.js';
import { checkReceipt } from '../promises/check-receipt.js';
import type { TokenKeeper } from '../promises/kept-token.js';
import { heldPromise } from '../promises/weigh-promise.js';
import { notRecorded } from './not-recorded.js';

export interface PostNowParts {
  readonly client: UnbrokenClient;
  readonly door: Door;
  /** This device's clock, in seconds since 1970. */
  readonly clock: number;
  /** Seconds to wait for the record; 0: do not wait. */
  readonly wait: number;
  /** Left out: neither promise nor receipt is kept, and no receipt is waited for. */
  readonly keeper: TokenKeeper | undefined;
  readonly trusted: () => Promise<TrustAnswer>;
}

/**
 * Answers whether the hub had not recorded it yet when the waiting ended.
 * @throws HubProblem, HubUnreachable; PromiseRefused, TlogRefused, RangeError when what the hub gave does not hold
 */
export async function postNow(token: string, evt: string, parts: PostNowParts): Promise<{ readonly pending: boolean }> {
  const { client, door, clock, wait, keeper } = parts;
  const waiting = wait > 0 ? { wait, receipt: keeper !== undefined } : {};
  const { tokens, promise } = await client.post(door, [token], { clock, ...waiting });
  const [line] = tokens;
  // A malformed one is in the log under another text than the token.
  const isRecorded = line !== undefined && 'status' in line && line.status === 'recorded';
  await keepAnswer(token, { promise, receipt: isRecorded ? line.receipt : undefined }, parts);
  if (line !== undefined && 'refused' in line) throw new HubProblem(line.refused);
  const status = line !== undefined && 'status' in line ? line.status : undefined;
  if (status === 'refused') throw notRecorded(line, evt);
  return { pending: status === undefined };
}

/**
 * Keeps what the hub gave, before it is checked: a false promise is worth keeping too.
 * @throws PromiseRefused, TlogRefused, RangeError where it does not hold
 */
export async function keepAnswer(
  token: string,
  { promise, receipt }: { readonly promise: string | undefined; readonly receipt: string | undefined },
  { keeper, trusted }: Pick<PostNowParts, 'keeper' | 'trusted'>,
): Promise<void> {
  if (keeper === undefined || (promise === undefined && receipt === undefined)) return;
  await keeper.keep({ format: 'unbroken-kept/1', token, promise, receipt });
  const trust = await trusted();
  if (promise !== undefined) await heldPromise(promise, token, trust);
  if (receipt === undefined) return;
  await checkReceipt(token, receipt, trust);
  await keeper.keep({ format: 'unbroken-kept/1', token, receipt });
}
