// Whether a promise is kept: by the receipt of its token, or by what the hub says where there is none.

import type { TokenStatus, TrustAnswer } from '@unbroken/contracts';
import { parseStatement } from '@unbroken/manifests';
import { PromiseRefused, readPromise, sha256Hash } from '@unbroken/tokens';
import type { IntakePromise, PromisedToken } from '@unbroken/tokens';
import { checkReceipt } from './check-receipt.js';

/**
 * `kept`: the log shows it in time; `broken`: its time is over, and it is not there or came too late; `open`: it has time
 * left; `answered`: the hub says why it is not recorded, which nobody has signed.
 */
export type PromiseVerdict =
  | { readonly verdict: 'kept' | 'broken'; readonly recordedAt: number; readonly log: string; readonly index: number }
  | { readonly verdict: 'broken' | 'open' }
  | { readonly verdict: 'answered'; readonly code: string };

/** The promise itself, and the line of it that is about this token. Times are seconds since 1970. */
export interface HeldPromise extends Pick<IntakePromise, 'iss' | 'service'>, PromisedToken {}

/**
 * Reads a promise under the keys of the verifier's policy, and finds the token in it by all its bytes.
 * @throws PromiseRefused also where it is of another deployment or promises nothing of these bytes
 */
export async function heldPromise(promise: string, token: string, trust: TrustAnswer): Promise<HeldPromise> {
  const { iss, service, tokens } = await readPromise(promise, trust.promises ?? []);
  if (iss !== trust.deployment) throw new PromiseRefused('promise.form', `the promise is of ${iss}`);
  const sum = sha256Hash(new TextEncoder().encode(token));
  const line = tokens.find((one) => one.sum === sum);
  if (line === undefined) throw new PromiseRefused('promise.form', 'the promise is not about the bytes of this token');
  return { iss, service, ...line };
}

/** What there is to go by: the receipt, and where there is none, what the hub says; undefined where it knows no such token. */
export interface Answered {
  readonly receipt?: string | undefined;
  readonly status?: TokenStatus | undefined;
}

/**
 * @param now seconds since 1970
 * @throws TlogRefused, RangeError when the receipt does not hold
 */
export async function weighPromise(
  { token, due }: { readonly token: string; readonly due: number },
  { receipt, status }: Answered,
  { trust, now }: { readonly trust: TrustAnswer; readonly now: number },
): Promise<PromiseVerdict> {
  if (receipt !== undefined) {
    const { entry, index, origin: log } = await checkReceipt(recordedBody(token, status), receipt, trust);
    const verdict = entry.recordedAt <= due * 1000 ? 'kept' : 'broken';
    return { verdict, recordedAt: Math.floor(entry.recordedAt / 1000), log, index };
  }
  if (status?.status === 'refused' || status?.status === 'pending') return { verdict: 'answered', code: status.code };
  return { verdict: now <= due ? 'open' : 'broken' };
}

/** The second line of its entry: the token, or the word that it is malformed. */
export function recordedBody(token: string, status: TokenStatus | undefined): string {
  if (status?.status !== 'malformed') return token;
  const { tid, header } = parseStatement(token);
  return `malformed ${tid} ${header.kid} ${status.malformed}`;
}
