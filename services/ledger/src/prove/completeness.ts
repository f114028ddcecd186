// Signs the log's word that these are all tokens of a chain (docs/protocol, section 6).

import { completenessText } from '@unbroken/evidence';
import { formatNote, parseCheckpoint, parseNote, signNote } from '@unbroken/tlog';
import type { PartyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { kindOf } from '../logs.js';
import type { Logs } from '../logs.js';
import type { LogKeys } from '../sign/log-keys.js';
import { storedNote } from '../sign/signed.js';

interface CountRow {
  /** Bigints, which the driver gives as text. */
  readonly count: string;
  readonly registry_size: string;
  readonly head: TokenId | null;
}

/**
 * The signed statement: `sub`, how many entries the chain has (`count`) among the log's first `size`, those of the last
 * checkpoint, the token id of the newest of them (`head`), and the size of the registry log now. Undefined while no
 * checkpoint covers an entry of the chain; nothing is said of a log that has ended.
 */
export async function completenessOf(
  dataSource: DataSource,
  keys: LogKeys,
  logs: Logs,
  sub: ShipmentId | PartyId,
): Promise<string | undefined> {
  const log = kindOf(sub) === 'registry' ? 'registry' : logs.custody;
  const note = await storedNote(dataSource, log);
  if (note === undefined) return undefined;
  const { origin, size } = parseCheckpoint(parseNote(note).text);
  const [row] = await dataSource.query<CountRow[]>(
    `SELECT count(*), (array_agg(tid ORDER BY index DESC))[1] AS head,
            (SELECT size FROM logs WHERE name = 'registry') AS registry_size
     FROM entries WHERE sub = $1 AND log = $2 AND index < $3`,
    [sub, log, size],
  );
  if (row?.head == null) return undefined;
  const text = completenessText({
    origin,
    sub,
    count: Number(row.count),
    head: row.head,
    size,
    registrySize: Number(row.registry_size),
  });
  return formatNote({ text, signatures: [await signNote(text, await keys.of(log))] });
}
