// The lines by which every checkpoint of the custody log commits to who has seen what until the end of a day (docs/protocol,
// section 11): how many openings there are, and the root of the tree over them (RFC 6962); and which such trees were lost
// with a database, and said to be. Pure.

import { sameHash } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';

export interface OpeningHead {
  /** The last day that is sealed, YYYY-MM-DD. */
  readonly day: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** What one checkpoint says of it. */
export interface Commitment extends Pick<Checkpoint, 'origin' | 'size'> {
  /** Undefined before the first day was sealed, and between a loss and the next seal. */
  readonly head: OpeningHead | undefined;
  readonly lost: readonly OpeningHead[];
}

const TOLD = String.raw`(\d{4}-\d{2}-\d{2}) (0|[1-9]\d{0,15}) ([A-Za-z0-9+/]{43}=)`;
const HEAD = new RegExp(`^openings ${TOLD}$`);
const LOST = new RegExp(`^openings-lost ${TOLD}$`);

const told = ({ day, size, root }: OpeningHead): string => `${day} ${size} ${Buffer.from(root).toString('base64')}`;

export const openingsLine = (head: OpeningHead): string => `openings ${told(head)}`;
export const openingsLostLine = (head: OpeningHead): string => `openings-lost ${told(head)}`;

export const commitmentIn = ({ origin, size, extensions }: Omit<Checkpoint, 'root'>): Commitment => ({
  ...{ origin, size },
  head: newest(headsIn(extensions, HEAD)),
  lost: headsIn(extensions, LOST),
});

const headsIn = (lines: readonly string[], form: RegExp): readonly OpeningHead[] =>
  lines.flatMap((line) => {
    const [, day, size, root] = form.exec(line) ?? [];
    return day === undefined || root === undefined
      ? []
      : [{ day, size: Number(size), root: Buffer.from(root, 'base64') }];
  });

/** Of one tree: the day that it was sealed under last is not part of it. */
export const isSameTree = (one: OpeningHead, other: OpeningHead): boolean =>
  one.size === other.size && sameHash(one.root, other.root);

export const newest = (heads: readonly OpeningHead[]): OpeningHead | undefined =>
  heads.reduce<OpeningHead | undefined>((known, head) => (known && known.size >= head.size ? known : head), undefined);

/**
 * What the next checkpoint commits to: the newest seal, where it goes on from what was committed to before. Where the seal
 * that was committed to is not there any more, somebody has taken it away: then that one stays, for all to see, and the
 * audit names it.
 */
export function nextHead(before: OpeningHead | undefined, seals: readonly OpeningHead[]): OpeningHead | undefined {
  if (before === undefined) return newest(seals);
  return seals.some((seal) => isSameTree(seal, before)) ? newest(seals) : before;
}
