// What is handed over of a chain, joined with what is kept of it: where a log has ended and lost entries, the copy holds
// receipts that can be made no more, and perhaps the entries.

import { positionOf } from '@unbroken/contracts';
import { placeIn } from './copied-chain.js';
import type { CopiedPart, CopiedToken } from './copied-chain.js';

/** In the order of the record. */
export function withKept(handed: CopiedPart, kept: CopiedPart): CopiedPart {
  const places = new Map<number, CopiedToken & { readonly log: string }>();
  for (const part of [kept, handed])
    for (const token of part.tokens) {
      const { log, index } = placeIn(part, token);
      const position = positionOf(log, index);
      const receipt = token.receipt ?? places.get(position)?.receipt ?? null;
      places.set(position, { log, index, receipt });
    }
  const inOrder = [...places].toSorted(([a], [b]) => a - b).map(([, token]) => token);
  const log = inOrder[0]?.log ?? handed.log;
  const tokens = inOrder.map((token) => ({
    ...{ index: token.index, receipt: token.receipt },
    ...(token.log !== log && { log: token.log }),
  }));
  return { log, tokens, completeness: handed.completeness };
}
