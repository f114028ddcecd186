// The entries of a party's chains as files that anybody can read: for each log one file of lines
// {"log", "index", "entry", "sub"}, where `entry` is both its lines as the log hashed them. `unbroken recover` and
// `unbroken audit` of the operator read them (--copy FOLDER).

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { appendLines, mendLines, namesIn, readLines } from '@unbroken/platform/process';
import { z } from 'zod';
import { logFileName } from '../home.js';

const line = z.object({ log: z.string(), index: z.int().min(0), entry: z.string(), sub: z.string() });
export type CopiedEntry = z.infer<typeof line>;

const digestOf = (entry: string): string => createHash('sha256').update(entry, 'latin1').digest('base64');
const nameOf = ({ log, index }: Pick<CopiedEntry, 'log' | 'index'>): string => `${log} ${index}`;

export class EntryFiles {
  /** What each entry is, not the entry: a party may have many. */
  readonly #digests = new Map<string, string>();

  constructor(private readonly folder: string) {}

  /** Reads what is kept. To be called once, before anything is added. @throws Error with the line that is no entry */
  async open(): Promise<void> {
    for (const path of await this.#paths()) await mendLines(path);
    for await (const entry of this.#all()) this.#digests.set(nameOf(entry), digestOf(entry.entry));
  }

  /** Whether it is kept, and the same. */
  compared(entry: Pick<CopiedEntry, 'log' | 'index' | 'entry'>): 'new' | 'same' | 'changed' {
    const kept = this.#digests.get(nameOf(entry));
    if (kept === undefined) return 'new';
    return kept === digestOf(entry.entry) ? 'same' : 'changed';
  }

  /** Resolves when they are on the disk. A crash leaves some of them, and the chain is copied again: those are the same. */
  async add(entries: readonly CopiedEntry[]): Promise<void> {
    const fresh = entries.filter((entry) => this.compared(entry) === 'new');
    for (const log of new Set(fresh.map((entry) => entry.log))) {
      const lines = fresh.filter((entry) => entry.log === log).map((entry) => JSON.stringify(entry));
      await appendLines(join(this.folder, logFileName(log)), lines);
    }
    for (const entry of fresh) this.#digests.set(nameOf(entry), digestOf(entry.entry));
  }

  /** The entries of these places of the logs, read from the files. */
  async read(wanted: readonly Pick<CopiedEntry, 'log' | 'index'>[]): Promise<ReadonlyMap<string, string>> {
    const names = new Set(wanted.map(nameOf));
    const found = new Map<string, string>();
    for await (const entry of this.#all()) if (names.has(nameOf(entry))) found.set(nameOf(entry), entry.entry);
    return found;
  }

  static readonly nameOf = nameOf;

  async #paths(): Promise<string[]> {
    return (await namesIn(this.folder))
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => join(this.folder, name));
  }

  async *#all(): AsyncGenerator<CopiedEntry> {
    for (const path of await this.#paths()) {
      for (const [at, text] of (await readLines(path)).entries()) yield readLine(text, `${path}:${at + 1}`);
    }
  }
}

function readLine(text: string, where: string): CopiedEntry {
  try {
    return line.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${where} is no entry of the copy. Put the file back from your backup`, { cause });
  }
}
