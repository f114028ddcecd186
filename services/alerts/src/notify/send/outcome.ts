// What came of an attempt, in few words and from closed forms: what servers and libraries say themselves may quote addresses.

export type Outcome =
  | { readonly reached: true }
  /** `forGood`: asked not to be told any more. */
  | { readonly reached: false; readonly why: string; readonly forGood: boolean };

export const reached: Outcome = { reached: true };

export const notReached = (why: string, forGood = false): Outcome => ({ reached: false, why, forGood });

/** Of what was thrown on the way; "ECONNREFUSED", "mail server answered 451" */
export function failedOn(error: unknown): Outcome {
  const { responseCode, code, name } = Object(error) as { responseCode?: unknown; code?: unknown; name?: unknown };
  if (typeof responseCode === 'number') return notReached(`mail server answered ${responseCode}`);
  if (name === 'TimeoutError') return notReached('no answer in time');
  if (typeof code === 'string' && /^[A-Za-z0-9_-]{1,60}$/.test(code)) return notReached(code);
  return notReached('failed');
}
