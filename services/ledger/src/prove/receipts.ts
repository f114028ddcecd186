// Receipts: that an entry is in its log, shown by one text that holds offline (https://c2sp.org/tlog-proof).

import { formatTlogProof, inclusionProof, leafHash, parseCheckpoint, parseNote, verifyInclusion } from '@unbroken/tlog';
import type { ReadNodes } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { TokenId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import type { LogName, Logs } from '../logs.js';
import { ENTRY_COLUMNS, entryBytes } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';
import { LogRewritten } from '../sign/log-rewritten.js';
import { storedNote } from '../sign/signed.js';
import { TileLacks, storedNodes } from '../sign/stored-tree.js';
import { witnessedNote } from '../witness/witnessed-note.js';

/** What a receipt is made under: the tiles that were read for one serve all under the same checkpoint. */
interface Checkpointed {
  readonly note: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly nodes: ReadNodes;
}

const NEW_LINE = 0x0a;

/** By whom the checkpoint of a receipt is signed: by its log, or by enough witnesses too. */
export type Weight = 'signed' | 'witnessed';

export interface Receipt {
  readonly text: string;
  readonly weight: Weight;
}

const notes = { signed: storedNote, witnessed: witnessedNote } as const;

export class Receipts {
  readonly #last = new Map<string, Checkpointed>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly logs: Logs,
  ) {}

  /**
   * The weightiest that there is. Undefined for a token that is not recorded; null while no checkpoint covers its entry;
   * `lost` where its log has ended and too little is left of it. Checked before it is handed out.
   * @throws LogRewritten when it does not hold
   */
  async of(tid: TokenId): Promise<Receipt | 'lost' | null | undefined> {
    const [row] = await this.dataSource.query<EntryRow[]>(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE tid = $1`, [tid]);
    if (row === undefined) return undefined;
    const covering = await this.#covering(row.log, Number(row.index));
    if (covering === null) return this.#hasEnded(row.log) ? 'lost' : null;
    const text = await this.#under(covering, row);
    return text === undefined ? 'lost' : { text, weight: covering.weight };
  }

  /**
   * The receipts of these entries of one log, all under one checkpoint, the weightiest that covers them all; null while
   * none does. Of a log that has ended undefined in the place of each that cannot be made any more.
   * @throws LogRewritten when one does not hold
   */
  async ofAll(log: LogName, rows: readonly EntryRow[]): Promise<readonly (string | undefined)[] | null> {
    const covering = await this.#covering(log, newestOf(rows));
    if (covering === null) return this.#hasEnded(log) ? rows.map(() => undefined) : null;
    const receipts: (string | undefined)[] = [];
    for (const row of rows) receipts.push(await this.#under(covering, row));
    return receipts;
  }

  #hasEnded(log: LogName): boolean {
    return this.logs.ended.some((ended) => ended === log);
  }

  /** Of a log that has ended undefined where what is left does not lead to what was signed: that is known, and said. */
  async #under(covering: Checkpointed, row: EntryRow): Promise<string | undefined> {
    if (!this.#hasEnded(row.log)) return under(covering, row);
    return under(covering, row).catch((error: unknown) => {
      if (error instanceof LogRewritten || error instanceof TileLacks) return undefined;
      throw error;
    });
  }

  /** Whether a witnessed checkpoint covers all these entries of one log. */
  async areWitnessed(log: LogName, rows: readonly EntryRow[]): Promise<boolean> {
    return (await this.#covering(log, newestOf(rows)))?.weight === 'witnessed';
  }

  async #covering(log: LogName, index: number): Promise<(Checkpointed & { readonly weight: Weight }) | null> {
    for (const weight of ['witnessed', 'signed'] as const) {
      const checkpoint = await this.#checkpoint(log, weight);
      if (checkpoint !== undefined && checkpoint.size > index) return { ...checkpoint, weight };
    }
    return null;
  }

  async #checkpoint(log: LogName, weight: Weight): Promise<Checkpointed | undefined> {
    const note = await notes[weight](this.dataSource, log);
    const last = this.#last.get(`${weight} ${log}`);
    if (note === undefined || note === last?.note) return last;
    const { size, root } = parseCheckpoint(parseNote(note).text);
    const fresh = { note, size, root, nodes: storedNodes(this.dataSource, log, size) };
    this.#last.set(`${weight} ${log}`, fresh);
    return fresh;
  }
}

const newestOf = (rows: readonly EntryRow[]): number => Math.max(-1, ...rows.map(({ index }) => Number(index)));

/** The checkpoint covers it. */
async function under({ note, size, root, nodes }: Checkpointed, row: EntryRow): Promise<string> {
  const index = Number(row.index);
  const bytes = entryBytes(row);
  const inclusion = await inclusionProof(index, size, nodes, nodeSha256);
  try {
    verifyInclusion({ index, size, root, leafHash: leafHash(bytes, nodeSha256) }, inclusion, nodeSha256);
  } catch (cause) {
    throw new LogRewritten(`entry ${index} of ${row.log} is not what was hashed. Put a sound database back`, { cause });
  }
  return formatTlogProof({
    // Its first line, line end included: with the token behind it, it is the entry.
    extra: bytes.subarray(0, bytes.indexOf(NEW_LINE) + 1),
    index,
    inclusion,
    checkpoint: parseNote(note),
  });
}
