// Of a log that has lost entries no root says which of what was found is right. So each is taken for itself: it must be
// what an enrolled key has signed, and where the tiles still lead to the signed root, what they hash. Of several for one
// place the first source is believed; what a copy says of place and time is its word. What does not fit is set aside.

import { decodeEntry } from '@unbroken/contracts';
import { isShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { leafHash, rangeHashes, sameHash } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource } from 'typeorm';
import { storedLeaves } from '../audit/tile-rows.js';
import type { OperatorPin } from '../keys/operator.js';
import { RegistryBook } from '../keys/registry-book.js';
import { registryEntryOf } from '../keys/registry-entry.js';
import type { CustodyLog } from '../logs.js';
import type { FoundEntries, FoundEntry } from '../recover/found-entries.js';
import { wantedOf } from '../recover/wanted.js';
import { LogRewritten } from '../sign/log-rewritten.js';
import { TileLacks, storedNodes } from '../sign/stored-tree.js';
import { judgeToken } from '../verify/judge-token.js';

const AT_ONCE = 1_000;

interface Parts {
  readonly dataSource: DataSource;
  readonly found: FoundEntries;
  readonly deployment: string;
  /** The whole registry log, as it is refilled. */
  readonly book: RegistryBook;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Leaves one for each place below the checkpoint, or none. Answers whether the tiles lead to it. */
export async function fitEntries(
  { dataSource, found, deployment, book, now }: Parts,
  log: CustodyLog,
  checkpoint: Checkpoint,
  order: readonly string[],
): Promise<boolean> {
  const tilesHold = await doTilesHold(dataSource, log, checkpoint);
  const seen = new Set<string>();
  for (let from = 0; from < checkpoint.size; from += AT_ONCE) {
    const to = Math.min(checkpoint.size, from + AT_ONCE);
    const leaves = tilesHold ? await storedLeaves(dataSource.manager, log, { from, to }) : [];
    const unfit: FoundEntry[] = [];
    const taken = new Set<number>();
    for (const one of await found.candidates(log, { from, to }, order)) {
      const tid = taken.has(one.index) || !isLeaf(one, leaves[one.index - from], tilesHold) ? undefined : tidOf(one);
      if (tid === undefined || seen.has(tid)) unfit.push(one);
      else {
        taken.add(one.index);
        seen.add(tid);
      }
    }
    await found.setAside(log, unfit);
  }
  await found.setAside(log, await found.candidates(log, { from: checkpoint.size, to: Number.MAX_SAFE_INTEGER }, order));
  return tilesHold;

  /** Undefined where no ledger can have recorded it. */
  function tidOf(one: FoundEntry): string | undefined {
    try {
      const { tid, kid, sub, token, recordedAt, registrySize } = wantedOf(log, one);
      if (recordedAt > now || !isShipmentId(sub)) return undefined;
      // Its bytes are nowhere, so that nothing shows who signed it; it has no effect on its chain either.
      if (token === null) return tid;
      const counted = book.registry.keyAt(kid as never, registrySize) !== undefined;
      return counted && judgeToken(Buffer.from(token, 'latin1'), book.keyOf, deployment).is === 'sound'
        ? tid
        : undefined;
    } catch {
      return undefined;
    }
  }
}

const isLeaf = ({ bytes }: FoundEntry, leaf: Buffer | undefined, tilesHold: boolean): boolean =>
  !tilesHold || (leaf !== undefined && sameHash(leafHash(bytes, nodeSha256), leaf));

async function doTilesHold(dataSource: DataSource, log: CustodyLog, { size, root }: Checkpoint): Promise<boolean> {
  try {
    const nodes = storedNodes(dataSource, log, size);
    const [made] = await rangeHashes([{ from: 0, to: size }], nodes, nodeSha256);
    if (made === undefined || !sameHash(made, root)) return false;
    // The leaves too: the root is made of the tiles above them, where there are any.
    for (let from = 0; from < size; from += 256) {
      const to = Math.min(size, from + 256);
      const leaves = await storedLeaves(dataSource.manager, log, { from, to });
      if (leaves.some((leaf) => leaf === undefined)) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof TileLacks || error instanceof LogRewritten) return false;
    throw error;
  }
}

/** The registry log as it was found and is refilled, in memory. */
export async function bookOf(
  found: FoundEntries,
  { order, size }: { readonly order: readonly string[]; readonly size: number },
  { operator, deployment }: { readonly operator: OperatorPin; readonly deployment: string },
): Promise<RegistryBook> {
  const book = new RegistryBook(operator);
  for (let from = 0; from < size; from += AT_ONCE) {
    for (const one of await found.between('registry', { from, to: Math.min(size, from + AT_ONCE) }, order)) {
      const { tid, kid, sub, recordedAt } = wantedOf('registry', one);
      const place = { tid, kid, sub: sub as PartyId, index: one.index, recordedAt } as Parameters<
        typeof registryEntryOf
      >[0];
      const entry = decodeEntry(one.bytes.toString('latin1'));
      const recorded =
        entry.kind === 'malformed' ? { malformed: entry.reason } : { envelope: parseTokenSync(entry.token) };
      book.append(registryEntryOf(place, recorded, deployment));
    }
  }
  book.news();
  return book;
}
