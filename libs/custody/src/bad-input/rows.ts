// Bad cases as rows that a person can read: what ends alike stands in one row, and what is so of nearly every event once.

import type { BadCase } from './bad-case.js';
import type { Outcome } from './outcome.js';

export interface Row {
  readonly subject: string;
  readonly wrong: readonly string[];
  readonly becomes: string;
}

/** What became of a case, in the words of the page. */
export function becomes({ position, because }: Pick<BadCase, 'position' | 'because'>, outcome: Outcome): string {
  switch (outcome.is) {
    case 'refused':
      return `refused: \`${outcome.code}\`${outcome.pointer === undefined ? '' : ` at \`${outcome.pointer}\``}`;
    case 'waiting':
      return 'waits 72 hours for the key, then refused: `token.unknown-key`';
    case 'malformed':
      return `malformed: \`${outcome.reason}\``;
    case 'recorded': {
      const found = outcome.findings.filter((code) => !position.found.includes(code));
      if (found.length > 0) return `recorded: ${found.map((code) => `\`${code}\``).join(', ')}`;
      return `recorded, and nothing found: ${because ?? 'no rule says why'}`;
    }
  }
}

export interface Judged {
  readonly evt: string;
  readonly subject: string;
  readonly wrong: string;
  readonly becomes: string;
}

/** By claim, in the order of their first cases. */
export function rowsOf(judged: readonly Judged[]): readonly Row[] {
  return gathered(judged, ({ subject }) => subject).flatMap((ofSubject) =>
    gathered(ofSubject, ({ becomes }) => becomes).map((alike) => {
      const [{ subject, becomes } = { subject: '', becomes: '' }] = alike;
      return { subject, wrong: [...new Set(alike.map(({ wrong }) => wrong))], becomes };
    }),
  );
}

/** Said once where all of them begin alike: "one of it: null; one of it: true" is "one of it: null; true". */
export function inShort(wrong: readonly string[]): string {
  const [first = ''] = wrong;
  const end = first.lastIndexOf(': ') + 2;
  const begin = end < 2 ? '' : first.slice(0, end);
  return wrong.every((one) => one.startsWith(begin))
    ? begin + wrong.map((one) => one.slice(begin.length)).join('; ')
    : wrong.join('; ');
}

/** Whose word it is differs from event to event, and is read there. */
export const SIGNED_BY = 'signed by';

const A_FEW = 6;

/** What becomes of a fault in most of the events that can have it, where these are more than a few. */
export function common(judged: readonly Judged[]): readonly Judged[] {
  const faults = gathered(
    judged.filter(({ subject }) => subject !== SIGNED_BY),
    ({ subject, wrong }) => `${subject}\n${wrong}`,
  );
  return faults.flatMap((ones) => {
    const [most = []] = gathered(ones, ({ becomes }) => becomes).sort((a, b) => b.length - a.length);
    return most.length >= A_FEW && most.length * 2 > ones.length ? most.slice(0, 1) : [];
  });
}

function gathered<T>(all: readonly T[], key: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return [...groups.values()];
}

/** Those that no row of the common ones tells. */
export const apart = (judged: readonly Judged[], told: readonly Judged[]): readonly Judged[] =>
  judged.filter(
    (one) =>
      !told.some(
        ({ subject, wrong, becomes }) => subject === one.subject && wrong === one.wrong && becomes === one.becomes,
      ),
  );
