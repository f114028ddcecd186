// Which custody logs have ended and which goes on: the statements in `<state>/successions`, a file for each, named by the
// log that goes on. Like the keys beside them they are made once, and whoever reads them takes them for what was decided.

import { join } from 'node:path';
import { makeOnce, namesIn, readIfThere } from '@unbroken/platform';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { Checkpoint } from '@unbroken/tlog';
import { readSuccession } from '@unbroken/evidence';
import type { Succession } from '@unbroken/evidence';
import { custodyAt, custodyNamed, fileNameOf, firstCustody, originOf } from '../logs.js';
import type { CustodyLog, Logs } from '../logs.js';

export interface KeptSuccession {
  /** The log that goes on. */
  readonly log: CustodyLog;
  /** The one that has ended. */
  readonly ended: CustodyLog;
  /** The last checkpoint of it, and the note that it is in. */
  readonly checkpoint: Checkpoint;
  readonly said: Succession;
  /** As it was signed. */
  readonly statement: string;
}

export class Successions {
  readonly folder: string;

  constructor(
    stateDir: string,
    private readonly deployment: string,
  ) {
    this.folder = join(stateDir, 'successions');
  }

  /** In their order. @throws Error with the file that is no statement, or that lacks */
  async all(): Promise<readonly KeptSuccession[]> {
    const logs = (await namesIn(this.folder)).flatMap((name) => custodyNamed(name) ?? []);
    const kept = await Promise.all(logs.map((log) => this.#read(log)));
    const inOrder: KeptSuccession[] = [];
    for (let last = firstCustody; ;) {
      const next = kept.find(({ ended }) => ended === last);
      if (next === undefined) break;
      inOrder.push(next);
      last = next.log;
    }
    const loose = kept.find((one) => !inOrder.includes(one));
    if (loose === undefined) return inOrder;
    throw new Error(
      `${this.#pathOf(loose.log)} succeeds ${loose.ended}, and how that began lacks. Put the folder back`,
    );
  }

  async logs(): Promise<Logs> {
    const all = await this.all();
    return { custody: all.at(-1)?.log ?? firstCustody, ended: all.map(({ ended }) => ended) };
  }

  /**
   * Resolves when it is on the disk: from then on the log has ended. A crash before it leaves the log as it is; after it
   * `unbroken recover` goes on from there.
   */
  async keep(log: CustodyLog, statement: string): Promise<void> {
    const kept = await makeOnce(this.#pathOf(log), statement);
    if (kept !== statement) throw new Error(`${this.#pathOf(log)} is there already, and says something else`);
  }

  async #read(log: CustodyLog): Promise<KeptSuccession> {
    const path = this.#pathOf(log);
    const statement = (await readIfThere(path)) ?? '';
    try {
      const said = readSuccession(parseNote(statement).text);
      if (said?.origin !== originOf(log, this.deployment)) throw new RangeError('it is none of this log');
      const checkpoint = parseCheckpoint(parseNote(said.predecessor).text);
      const ended = custodyAt(checkpoint.origin, this.deployment);
      if (ended === undefined) throw new RangeError(`${checkpoint.origin} is no log of ${this.deployment}`);
      return { log, ended, checkpoint, said, statement };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${path} says which log goes on, and cannot be read (${why}). Put it back as it was`, { cause });
    }
  }

  #pathOf(log: CustodyLog): string {
    return join(this.folder, fileNameOf(log));
  }
}
