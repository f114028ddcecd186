// The log's word that these are all tokens of a chain, up to a size of the log: leaving one out of an evidence bundle, or
// having left one out of this statement, can be proven then (docs/protocol, section 6).
//
// The text of a signed note (https://c2sp.org/signed-note) under the log's own key. Its first line is no log's origin and
// its second no number, so it can never pass for a checkpoint.

export interface Completeness {
  /** The log's. */
  readonly origin: string;
  readonly sub: string;
  /** Entries of the chain among the first `size` of the log. */
  readonly count: number;
  /** Token id of the newest of them. */
  readonly head: string;
  readonly size: number;
  /** Entries of the registry log when it was said. */
  readonly registrySize: number;
}

export const completenessText = ({ origin, sub, count, head, size, registrySize }: Completeness): string =>
  [
    `${origin}/completeness`,
    `sub ${sub}`,
    `count ${count}`,
    `head ${head}`,
    `size ${size}`,
    `registrySize ${registrySize}`,
    '',
  ].join('\n');

const NUMBER = '(0|[1-9]\\d{0,15})';
const FORM = new RegExp(
  `^(.+)/completeness\nsub (.+)\ncount ${NUMBER}\nhead ([A-Za-z0-9_-]{43})\nsize ${NUMBER}\nregistrySize ${NUMBER}\n$`,
);

/** Undefined for anything `completenessText` does not write. */
export function readCompleteness(text: string): Completeness | undefined {
  const [, origin, sub, count, head, size, registrySize] = FORM.exec(text) ?? [];
  if (origin === undefined || sub === undefined || head === undefined) return undefined;
  return { origin, sub, count: Number(count), head, size: Number(size), registrySize: Number(registrySize) };
}
