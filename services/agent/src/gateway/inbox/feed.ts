// One feed of the inbox: a folder with its mapping.json, into which a carrier's system puts files. What was taken is moved to
// done/, with a report beside it where lines are bad; what cannot be read at all to refused/.

import { mkdir, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from '@unbroken/platform/process';
import type { Gateway } from '../gateway.js';
import { readMapping } from '../mapping/read-mapping.js';
import { FileRefused } from '../read/file-refused.js';
import { faultLine } from '../read/scan.js';
import type { GatewayRecord } from '../record/gateway-record.js';
import type { Taken } from '../take.js';

export const MAPPING = 'mapping.json';
const NO_SCANS = /^\.|\.(?:part|tmp|filepart|crdownload)$/i;
const KEPT = new Set([MAPPING, 'done', 'refused']);

export interface FeedOutcome {
  readonly file: string;
  /** Undefined where it was refused as a whole. */
  readonly taken: Taken | undefined;
}

/** Size and time of change: a file that is still being written changes between two looks. */
type Look = string;

export class Feed {
  readonly #seen = new Map<string, Look>();

  constructor(
    readonly folder: string,
    private readonly gateway: Gateway,
  ) {}

  /** A file that has stood still since the last look; undefined: none. */
  async ready(): Promise<string | undefined> {
    const names = (await namesIn(this.folder)).filter((name) => !NO_SCANS.test(name) && !KEPT.has(name));
    for (const known of this.#seen.keys()) if (!names.includes(known)) this.#seen.delete(known);
    let ready: string | undefined;
    for (const name of names) {
      const look = await lookAt(join(this.folder, name));
      if (look !== undefined && this.#seen.get(name) === look) ready ??= name;
      if (look !== undefined) this.#seen.set(name, look);
    }
    return ready;
  }

  /**
   * Takes a file and moves it away. A crash before it is moved has it read again, and what was taken is known.
   * @throws MappingRefused: the file stays where it is
   */
  async take(name: string, record: GatewayRecord): Promise<FeedOutcome> {
    const mapping = await readMapping(join(this.folder, MAPPING));
    const path = join(this.folder, name);
    const before = await lookAt(path);
    const report = new Report(join(this.folder, `.${name}.report`));
    let taken: Taken | undefined;
    try {
      taken = await this.gateway.take(path, mapping, { record, told: (fault) => report.add(faultLine(fault)) });
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      await report.add(`${error.message} ${error.cure}`);
    } finally {
      await report.close();
    }
    // Who goes on writing is read again, from the beginning.
    if ((await lookAt(path)) === before) await this.#moveAway(name, taken === undefined ? 'refused' : 'done', report);
    return { file: name, taken };
  }

  async #moveAway(name: string, folder: 'done' | 'refused', report: Report): Promise<void> {
    const target = join(this.folder, folder);
    await mkdir(target, { recursive: true });
    const there = new Set(await namesIn(target));
    let free = name;
    for (let copy = 2; there.has(free); copy++) free = `${name}.${copy}`;
    if (report.hasLines) await rename(report.path, join(target, `${free}.report.txt`));
    else await unlink(report.path).catch(() => undefined);
    await rename(join(this.folder, name), join(target, free));
  }
}

async function lookAt(path: string): Promise<Look | undefined> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch {
    return undefined;
  }
}

/** Written as it goes, however long it gets. It is made anew with the file, so that it need not outlive a crash. */
class Report {
  #handle: FileHandle | undefined;
  hasLines = false;

  constructor(readonly path: string) {}

  async add(line: string): Promise<void> {
    this.#handle ??= await open(this.path, 'w');
    this.hasLines = true;
    await this.#handle.write(`${line}\n`);
  }

  async close(): Promise<void> {
    await this.#handle?.sync();
    await this.#handle?.close();
  }
}
