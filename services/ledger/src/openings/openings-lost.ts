// That openings are lost with a database, said and signed: notes in `<state>/openings-lost`, a file for each seal that is
// lost (decision 0044, docs/protocol, section 11). `unbroken recover` alone writes them.
//
// The text of a signed note (https://c2sp.org/signed-note). Its second line is no number, so that it can never pass for a
// checkpoint.

import { join } from 'node:path';
import { makeOnce, namesIn, readIfThere } from '@unbroken/platform';
import { formatNote, openNote, parseNote, signNote } from '@unbroken/tlog';
import type { NoteSigner } from '@unbroken/tlog';
import { custodyAt } from '../logs.js';
import type { CustodyLog } from '../logs.js';
import { commitmentIn, openingsLine } from './opening-head.js';
import type { OpeningHead } from './opening-head.js';

export interface OpeningsLost {
  /** Of the custody log that was written when it was said. */
  readonly origin: string;
  /** The seal that is nowhere. */
  readonly head: OpeningHead;
  /** What was there of them: how many rows, and the last day that is sealed; null where none is. */
  readonly left: { readonly rows: number; readonly day: string | null };
  /** How many entries the log had signed: every checkpoint of more says it too. */
  readonly signed: number;
  /** RFC 3339. */
  readonly at: string;
}

export interface LostNotes {
  readonly notes: readonly OpeningsLost[];
  /** Files that the log's key has not signed, or that are no such note. */
  readonly false: readonly string[];
}

type KeyOf = (log: CustodyLog) => Promise<NoteSigner | undefined>;

export class OpeningsLostNotes {
  readonly folder: string;

  constructor(
    stateDir: string,
    private readonly deployment: string,
    private readonly keyOf: KeyOf,
  ) {
    this.folder = join(stateDir, 'openings-lost');
  }

  /** In the order in which they were said. */
  async all(): Promise<LostNotes> {
    const notes: OpeningsLost[] = [];
    const wrong: string[] = [];
    for (const name of await namesIn(this.folder)) {
      if (name.startsWith('.')) continue;
      const path = join(this.folder, name);
      const note = await this.#read(path);
      if (note === undefined) wrong.push(path);
      else notes.push(note);
    }
    return { notes: notes.toSorted((one, other) => (one.at < other.at ? -1 : 1)), false: wrong };
  }

  /**
   * Resolves when it is on the disk. A crash before that says nothing; after it the next run finds the file of that seal,
   * and keeps what it says.
   */
  async keep(said: OpeningsLost, key: NoteSigner): Promise<void> {
    const text = openingsLostText(said);
    const { day, root } = said.head;
    const name = `${day}-${Buffer.from(root).toString('hex').slice(0, 16)}`;
    const path = join(this.folder, name);
    await makeOnce(path, formatNote({ text, signatures: [await signNote(text, key)] }));
    if ((await this.#read(path)) === undefined)
      throw new Error(`${path} is no note that the log has signed. Keep it elsewhere as evidence, and take it away`);
  }

  async #read(path: string): Promise<OpeningsLost | undefined> {
    const text = (await readIfThere(path)) ?? '';
    try {
      const note = parseNote(text);
      const said = readOpeningsLost(note.text);
      const log = custodyAt(said?.origin ?? '', this.deployment);
      const key = log && (await this.keyOf(log))?.key;
      if (key === undefined || key.name !== said?.origin) return undefined;
      await openNote(note, [key]);
      return said;
    } catch {
      return undefined;
    }
  }
}

export const openingsLostText = ({ origin, head, left, signed, at }: OpeningsLost): string =>
  [
    `${origin}/openings-lost`,
    openingsLine(head),
    `left ${left.rows} ${left.day ?? '-'}`,
    `signed ${signed}`,
    `at ${at}`,
    '',
  ].join('\n');

const FORM = new RegExp(
  '^(.+)/openings-lost\n(openings .+)\nleft (0|[1-9]\\d{0,15}) (-|\\d{4}-\\d\\d-\\d\\d)\nsigned (0|[1-9]\\d{0,15})\n' +
    'at (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)\n$',
);

/** Undefined for anything `openingsLostText` does not write. */
export function readOpeningsLost(text: string): OpeningsLost | undefined {
  const [, origin = '', line = '', rows, day = '-', signed, at = ''] = FORM.exec(text) ?? [];
  const { head } = commitmentIn({ origin, size: 0, extensions: [line] });
  if (head === undefined) return undefined;
  const left = { rows: Number(rows), day: day === '-' ? null : day };
  return { origin, head, left, signed: Number(signed), at };
}
