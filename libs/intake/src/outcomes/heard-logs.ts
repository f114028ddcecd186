// Makes receipts from what is heard anyway: entries on their topics, and checkpoints with the edge each has grown from
// (docs/protocol, section 7). So nobody has to ask the ledger for the receipt of a token that somebody waits for.

import { decodeCheckpoint } from '@unbroken/contracts';
import type { SignedCheckpoint } from '@unbroken/contracts';
import type { RawMessage } from '@unbroken/platform';
import {
  formatTlogProof,
  grownNodes,
  inclusionProof,
  leafHash,
  parseCheckpoint,
  parseNote,
  verifyInclusion,
} from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';

/** What one log records between two checkpoints, and more: whoever waits longer is answered without a receipt. */
const MOST_ENTRIES = 20_000;
/** A checkpoint may be heard before its entries are. */
const MOST_CHECKPOINTS = 8;

/** Which entries of a log somebody wants receipts of; told each one that could be made. */
export interface ReceiptWishes {
  wanted(origin: string, from: number, to: number): readonly number[];
  receipt(origin: string, index: number, receipt: string): void;
}

interface HeardLog {
  /** As published, by index; read and hashed only where a receipt is wanted. */
  readonly entries: Map<number, Published>;
  readonly checkpoints: (SignedCheckpoint & { readonly size: number; readonly root: Uint8Array })[];
}

/** A message with an entry; what came in a pack makes its bytes when it is asked. */
type Published = Pick<RawMessage, 'value'>;

const NEW_LINE = 0x0a;
const NOTHING = Buffer.alloc(0);

export class HeardLogs {
  readonly #logs = new Map<string, HeardLog>();

  constructor(private readonly wishes: ReceiptWishes) {}

  entry(origin: string, index: number, published: Published): void {
    const { entries } = this.#log(origin);
    entries.set(index, published);
    const [oldest] = entries.keys();
    if (entries.size > MOST_ENTRIES && oldest !== undefined) entries.delete(oldest);
  }

  /** Of a text that is no checkpoint nothing follows. */
  checkpoint(text: string): void {
    const published = readCheckpoint(text);
    if (published === undefined) return;
    const { checkpoints } = this.#log(published.origin);
    checkpoints.push(published);
    if (checkpoints.length > MOST_CHECKPOINTS) checkpoints.shift();
  }

  /** Makes the receipts that are wanted and can be made now. */
  async settle(): Promise<void> {
    for (const [origin, log] of this.#logs) {
      for (const checkpoint of [...log.checkpoints]) {
        const entries = entriesBetween(log.entries, checkpoint.grownFrom.size, checkpoint.size);
        if (entries === undefined) continue;
        // Taken away before anything is awaited: two batches may be told at once.
        log.checkpoints.splice(log.checkpoints.indexOf(checkpoint), 1);
        for (const index of log.entries.keys()) if (index < checkpoint.size) log.entries.delete(index);
        await this.#settle(origin, checkpoint, entries);
      }
    }
  }

  async #settle(
    origin: string,
    checkpoint: HeardLog['checkpoints'][number],
    entries: readonly Published[],
  ): Promise<void> {
    const { note, size, root, grownFrom } = checkpoint;
    const wanted = this.wishes.wanted(origin, grownFrom.size, size);
    if (wanted.length === 0) return;
    const leaves = entries.map((entry) => leafHash(entry.value ?? NOTHING, nodeSha256));
    const nodes = grownNodes(grownFrom, leaves, nodeSha256);
    for (const index of wanted) {
      const [entry, leaf] = [entries[index - grownFrom.size], leaves[index - grownFrom.size]];
      if (entry === undefined || leaf === undefined) continue;
      const inclusion = await inclusionProof(index, size, nodes, nodeSha256);
      // What was heard may be another entry than was hashed; then the ledger is to be asked, who will say so.
      if (!isShown({ index, size, leafHash: leaf, root }, inclusion)) continue;
      const text = entry.value ?? NOTHING;
      const extra = text.subarray(0, text.indexOf(NEW_LINE) + 1);
      this.wishes.receipt(origin, index, formatTlogProof({ extra, index, inclusion, checkpoint: parseNote(note) }));
    }
  }

  #log(origin: string): HeardLog {
    const log = this.#logs.get(origin) ?? { entries: new Map(), checkpoints: [] };
    this.#logs.set(origin, log);
    return log;
  }
}

function readCheckpoint(text: string) {
  try {
    const { note, grownFrom } = decodeCheckpoint(text);
    return { note, grownFrom, ...parseCheckpoint(parseNote(note).text) };
  } catch {
    return undefined;
  }
}

/** Undefined while one of them was not heard. */
function entriesBetween(entries: ReadonlyMap<number, Published>, from: number, to: number): Published[] | undefined {
  if (to - from > entries.size) return undefined;
  const between: Published[] = [];
  for (let index = from; index < to; index++) {
    const entry = entries.get(index);
    if (entry === undefined) return undefined;
    between.push(entry);
  }
  return between;
}

function isShown(...claimed: Parameters<typeof verifyInclusion>): boolean {
  try {
    verifyInclusion(claimed[0], claimed[1], nodeSha256);
    return true;
  } catch {
    return false;
  }
}
