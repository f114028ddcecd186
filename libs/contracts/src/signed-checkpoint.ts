// A checkpoint as the ledger publishes it (docs/protocol, section 7): with the right edge of the tree it has grown from.
// Whoever has heard the entries between the two can make their receipts without asking anybody.

import { decodeRightEdge, encodeRightEdge } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { z } from 'zod';

export interface SignedCheckpoint {
  /** The signed note (https://c2sp.org/tlog-checkpoint). */
  readonly note: string;
  /** Of the checkpoint published before, or of the empty tree. */
  readonly grownFrom: RightEdge;
}

const form = z.object({ note: z.string(), grownFrom: z.base64() });

export const encodeCheckpoint = ({ note, grownFrom }: SignedCheckpoint): string =>
  JSON.stringify({ note, grownFrom: btoa(String.fromCharCode(...encodeRightEdge(grownFrom))) });

/** @throws RangeError on anything `encodeCheckpoint` does not write */
export function decodeCheckpoint(text: string): SignedCheckpoint {
  try {
    const { note, grownFrom } = form.parse(JSON.parse(text));
    return { note, grownFrom: decodeRightEdge(Uint8Array.from(atob(grownFrom), (sign) => sign.charCodeAt(0))) };
  } catch (cause) {
    throw new RangeError('not a published checkpoint', { cause });
  }
}
