// What was checked, and how it came out: each kind of check once, however many tokens it was done on.

/** In the order in which a reader wants them. */
export const checkNames = [
  'records',
  'signatures',
  'completeness',
  'trust',
  'operator',
  'parties',
  'one-history',
  'witnesses',
  'policies',
  'time',
  'contents',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `unknown` is what nobody can tell from the file alone: neither shown nor refuted. */
export type Result = 'holds' | 'fails' | 'unknown';

export interface Check {
  readonly name: CheckName;
  readonly result: Result;
  /** One sentence. */
  readonly said: string;
}

export class Checks {
  readonly #checks: Check[] = [];

  add(name: CheckName, result: Result, said: string): void {
    this.#checks.push({ name, result, said });
  }

  hasFailed(name: CheckName): boolean {
    return this.#checks.some((check) => check.name === name && check.result === 'fails');
  }

  /** By name; of one name what fails first. */
  get all(): readonly Check[] {
    const rank = ({ name, result }: Check) =>
      checkNames.indexOf(name) * 3 + ['fails', 'holds', 'unknown'].indexOf(result);
    return this.#checks.toSorted((a, b) => rank(a) - rank(b));
  }
}
