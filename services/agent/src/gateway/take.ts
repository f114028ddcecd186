// A file's scans, taken: on the disk before the file may go. What was taken before is known by the hash of its source and
// the parcel's number, so that the same file, or one that overlaps it, gives nothing new.

import type { Fault, Read, Scan } from './read/scan.js';
import { keys } from './record/gateway-record.js';
import type { Change, GatewayRecord } from './record/gateway-record.js';

const AT_ONCE = 500;

/** How many of each there were. */
export interface Taken {
  readonly scans: number;
  readonly fresh: number;
  readonly known: number;
  readonly skipped: number;
  readonly faults: number;
}

export interface TakeParts {
  readonly record: GatewayRecord;
  /** Told of everything that is not taken, as it is met. */
  readonly told: (fault: Fault) => void | Promise<void>;
  /** Looks only: nothing is written. */
  readonly dryRun?: boolean;
  /** Told of those that are new, many at a time. */
  readonly seen?: (fresh: readonly Scan[]) => Promise<void>;
}

/** Takes all there are. A crash leaves some of them taken; the rest come with the same file again, and those are known. */
export async function take(reads: AsyncIterable<Read>, parts: TakeParts): Promise<Taken> {
  const count = { scans: 0, fresh: 0, known: 0, skipped: 0, faults: 0 };
  let batch: Scan[] = [];
  const dealtWith = async () => {
    const fresh = await takeBatch(batch, parts);
    count.scans += batch.length;
    count.fresh += fresh;
    count.known += batch.length - fresh;
    batch = [];
  };
  for await (const read of reads) {
    if (read.kind === 'skipped') count.skipped += 1;
    else if (read.kind === 'fault') {
      count.faults += 1;
      await parts.told(read.fault);
    } else if (batch.push(read.scan) === AT_ONCE) await dealtWith();
  }
  await dealtWith();
  return count;
}

async function takeBatch(batch: readonly Scan[], { record, dryRun = false, seen }: TakeParts): Promise<number> {
  const names = batch.map((scan) => keys.known(scan));
  const known = await record.getMany(names);
  const fresh = new Map(batch.flatMap((scan, at) => (known[at] === undefined ? [[names[at] ?? '', scan]] : [])));
  if (!dryRun) {
    await record.write(
      [...fresh].flatMap(([name, scan]): Change[] => [
        [name, []],
        [record.nextTakenKey(), scan],
      ]),
    );
  }
  await seen?.([...fresh.values()]);
  return fresh.size;
}
