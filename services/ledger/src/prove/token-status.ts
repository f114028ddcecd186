// What became of one token (docs/protocol, section 8). Recorded outweighs parked, parked outweighs refused: other bytes
// under the same token id may have been refused before the right ones came, or after.

import type { TokenStatus } from '@unbroken/contracts';
import { untilThere } from '@unbroken/platform';
import type { TokenId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { originOf } from '../logs.js';
import type { LogName } from '../logs.js';

interface FoundRow {
  readonly found: 'entry' | 'parked' | 'refused';
  readonly log: LogName | null;
  readonly index: string | null;
  readonly recorded_at: Date | null;
  readonly malformed: string | null;
  readonly code: string | null;
  readonly pointer: string | null;
}

/** Undefined for a token that has not arrived here within two seconds. */
export const arrivedStatusOf = (
  ...asked: [dataSource: DataSource, tid: TokenId, deployment: string]
): Promise<TokenStatus | undefined> => untilThere(() => tokenStatusOf(...asked));

async function tokenStatusOf(
  dataSource: DataSource,
  tid: TokenId,
  deployment: string,
): Promise<TokenStatus | undefined> {
  const [row] = await dataSource.query<FoundRow[]>(
    `SELECT 1 AS rank, 'entry' AS found, log, index, recorded_at, malformed, NULL AS code, NULL AS pointer
       FROM entries WHERE tid = $1
     UNION ALL
     SELECT 2, 'parked', NULL, NULL, NULL, NULL, NULL, NULL FROM parked WHERE tid = $1
     UNION ALL
     (SELECT 3, 'refused', NULL, NULL, NULL, NULL, code, pointer FROM refused WHERE tid = $1
       ORDER BY refused_at DESC LIMIT 1)
     ORDER BY rank LIMIT 1`,
    [tid],
  );
  return row && statusIn(row, deployment);
}

function statusIn(row: FoundRow, deployment: string): TokenStatus {
  if (row.found === 'parked') return { status: 'pending', code: 'token.unknown-key' };
  const { log, recorded_at, malformed } = row;
  if (log === null || recorded_at === null)
    return { status: 'refused', code: row.code ?? '', ...(row.pointer !== null && { pointer: row.pointer }) };
  const place = { log: originOf(log, deployment), index: Number(row.index), recordedAt: recorded_at.toISOString() };
  return malformed === null
    ? { status: 'recorded', ...place }
    : { status: 'malformed', code: 'token.malformed', malformed, ...place };
}
