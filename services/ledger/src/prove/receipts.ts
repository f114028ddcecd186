// Receipts: that an entry is in its log, shown by one text that holds offline (https://c2sp.org/tlog-proof).

import { formatTlogProof, inclusionProof, leafHash, parseCheckpoint, parseNote, verifyInclusion } from '@unbroken/tlog';
import type { ReadNodes } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { TokenId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import type { LogName } from '../logs.js';
import { ENTRY_COLUMNS, entryBytes } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';
import { LogRewritten } from '../sign/log-rewritten.js';
import { storedNote } from '../sign/signed.js';
import { storedNodes } from '../sign/stored-tree.js';

/** What a receipt is made under: the tiles that were read for one serve all under the same checkpoint. */
interface Checkpointed {
  readonly note: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly nodes: ReadNodes;
}

const NEW_LINE = 0x0a;

export class Receipts {
  readonly #last = new Map<LogName, Checkpointed>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Undefined for a token that is not recorded; null while no checkpoint covers its entry. Checked before it is handed
   * out.
   * @throws LogRewritten when it does not hold
   */
  async of(tid: TokenId): Promise<string | null | undefined> {
    const [row] = await this.dataSource.query<EntryRow[]>(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE tid = $1`, [tid]);
    if (row === undefined) return undefined;
    const checkpoint = await this.#checkpoint(row.log);
    return checkpoint === undefined ? null : under(checkpoint, row);
  }

  /**
   * The receipts of these entries of one log, all under its last checkpoint; null while it does not cover them all.
   * @throws LogRewritten when one does not hold
   */
  async ofAll(log: LogName, rows: readonly EntryRow[]): Promise<readonly string[] | null> {
    const checkpoint = await this.#checkpoint(log);
    if (checkpoint === undefined || rows.some(({ index }) => checkpoint.size <= Number(index))) return null;
    const receipts: string[] = [];
    for (const row of rows) receipts.push((await under(checkpoint, row)) ?? '');
    return receipts;
  }

  async #checkpoint(log: LogName): Promise<Checkpointed | undefined> {
    const note = await storedNote(this.dataSource, log);
    const last = this.#last.get(log);
    if (note === undefined || note === last?.note) return last;
    const { size, root } = parseCheckpoint(parseNote(note).text);
    const fresh = { note, size, root, nodes: storedNodes(this.dataSource, log, size) };
    this.#last.set(log, fresh);
    return fresh;
  }
}

/** Null where the checkpoint does not cover it. */
async function under({ note, size, root, nodes }: Checkpointed, row: EntryRow): Promise<string | null> {
  const index = Number(row.index);
  if (size <= index) return null;
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
