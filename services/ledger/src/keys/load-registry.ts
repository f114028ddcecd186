// The start of every writer, after a crash or not: the registry log as the ledger's own table has it.

import type { OperatorPin } from './operator.js';
import type { KeyId, PartyId, TokenId } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { DataSource } from 'typeorm';
import { registryEntryOf } from './registry-entry.js';
import { RegistryBook } from './registry-book.js';

const AT_ONCE = 5_000;

interface RegistryRow {
  /** A bigint, which the driver gives as text. */
  readonly index: string;
  readonly tid: TokenId;
  readonly kid: KeyId;
  readonly sub: PartyId;
  readonly recorded_at: Date;
  readonly token: string | null;
  readonly malformed: string | null;
}

/** Reads the log's first `size` entries into a new book. */
export async function loadRegistry(
  dataSource: DataSource,
  size: number,
  { operator, deployment }: { readonly operator: OperatorPin; readonly deployment: string },
): Promise<RegistryBook> {
  const book = new RegistryBook(operator);
  for (let from = 0; from < size; from += AT_ONCE) {
    const rows = await dataSource.query<RegistryRow[]>(
      `SELECT index, tid, kid, sub, recorded_at, token, malformed FROM entries
       WHERE log = 'registry' AND index >= $1 AND index < $2 ORDER BY index`,
      [from, Math.min(from + AT_ONCE, size)],
    );
    for (const { index, tid, kid, sub, recorded_at, token, malformed } of rows) {
      const place = { tid, kid, sub, index: Number(index), recordedAt: recorded_at.getTime() };
      const recorded = token === null ? { malformed: malformed ?? '' } : { envelope: parseTokenSync(token) };
      book.append(registryEntryOf(place, recorded, deployment));
    }
  }
  return book;
}
