// The preference to wait for an outcome (RFC 7240, section 4.3).

const LONGEST_WAIT_S = 30;

/**
 * Seconds to wait: of `Prefer: wait=5`, also among other preferences, 5; more than 30 is 30. `undefined` where nothing
 * is preferred or it cannot be read: a preference that is not understood is not an error.
 */
export function waitPreferred(header: string | readonly string[] | undefined): number | undefined {
  const text = [header ?? []].flat().join(',');
  for (const preference of text.split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:;|$)/i.exec(preference)?.[1];
    if (seconds !== undefined) return Number(seconds) < 1 ? undefined : Math.min(Number(seconds), LONGEST_WAIT_S);
  }
  return undefined;
}

/** Whether the place in the log is enough and no receipt is waited for: `return=minimal` (RFC 7240, section 4.2). */
export const minimalPreferred = (header: string | readonly string[] | undefined): boolean =>
  [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .some((preference) => /^\s*return\s*=\s*"?minimal"?\s*(?:;|$)/i.test(preference));
