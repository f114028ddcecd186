// The line by which every checkpoint of the custody log commits to who has seen what until the end of a day (docs/protocol,
// section 11): how many openings there are, and the root of the tree over them (RFC 6962). Pure.

import { sameHash } from '@unbroken/tlog';

export interface OpeningHead {
  /** The last day that is sealed, YYYY-MM-DD. */
  readonly day: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const FORM = /^openings (\d{4}-\d{2}-\d{2}) (0|[1-9]\d{0,15}) ([A-Za-z0-9+/]{43}=)$/;

export const openingsLine = ({ day, size, root }: OpeningHead): string =>
  `openings ${day} ${size} ${Buffer.from(root).toString('base64')}`;

/** The newest of these extension lines that is one; undefined where none is. */
export function openingHeadIn(extensions: readonly string[]): OpeningHead | undefined {
  const heads = extensions.flatMap((line) => {
    const [, day, size, root] = FORM.exec(line) ?? [];
    return day === undefined || root === undefined
      ? []
      : [{ day, size: Number(size), root: Buffer.from(root, 'base64') }];
  });
  return newest(heads);
}

export const newest = (heads: readonly OpeningHead[]): OpeningHead | undefined =>
  heads.reduce<OpeningHead | undefined>((known, head) => (known && known.size >= head.size ? known : head), undefined);

/**
 * What the next checkpoint commits to: the newest seal, where it goes on from what was committed to before. Where the seal
 * that was committed to is not there any more, somebody has taken it away: then that one stays, for all to see, and the
 * audit names it.
 */
export function nextHead(before: OpeningHead | undefined, seals: readonly OpeningHead[]): OpeningHead | undefined {
  if (before === undefined) return newest(seals);
  const goesOn = seals.some(({ size, root }) => size === before.size && sameHash(root, before.root));
  return goesOn ? newest(seals) : before;
}
