// What is left to look at when a log was walked: its own row, and whatever is stored beyond its end.

import { encodeRightEdge } from '@unbroken/tlog';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import { rowsBeyond, told } from './audited-row.js';
import type { AuditedRow } from './audited-row.js';
import type { Fault, Faults } from './fault.js';
import { tilesBeyond } from './tile-rows.js';
import type { Walked } from './walk-log.js';

/** A row of the table of logs. */
export interface LogRow {
  readonly name: string;
  readonly origin: string;
  readonly size: string;
  readonly last_recorded_at: Date;
  readonly edge: Buffer;
}

interface Rest {
  readonly manager: EntityManager;
  readonly faults: Faults;
  readonly log: LogName;
  readonly origin: string;
}

export async function nameRest(of: Rest, walked: Walked, row: LogRow | undefined): Promise<void> {
  const { manager, log, origin } = of;
  const say = (code: Fault['code'], where: string, says: string, should: string): void =>
    of.faults.add({ code, where, log, index: null, tid: null, says, should });
  for (const { level, index, hashes } of await tilesBeyond(manager, log, walked.size))
    say('tile.beyond', `tiles ${level}/${index}`, `${hashes} hashes`, 'fewer, or no such tile');
  for (const beyond of await rowsBeyond(manager, log, walked.size, 100)) await nameBeyond(of, beyond);
  if (row === undefined) {
    if (walked.size > 0) say('tree.changed', 'logs', 'no row', `a log of ${walked.size} entries`);
    return;
  }
  if (row.origin !== origin) say('tree.changed', 'logs', `origin ${row.origin}`, `origin ${origin}`);
  if (Number(row.size) !== walked.size)
    say('tree.changed', 'logs', `size ${row.size}`, `size ${walked.size}, as was signed`);
  const edge = Buffer.from(encodeRightEdge(walked.tileEdge));
  const edgeOfEntries = Buffer.from(encodeRightEdge(walked.entryEdge));
  if (!row.edge.equals(edge) && !row.edge.equals(edgeOfEntries))
    say('tree.changed', 'logs', `edge ${hex(row.edge)}`, `edge ${hex(edge)} of its ${walked.size} entries`);
  const last = walked.lastRecordedAt;
  if (last !== undefined && row.last_recorded_at.getTime() !== last) {
    const says = `last_recorded_at ${rfc3339(row.last_recorded_at.getTime())}`;
    say('tree.changed', 'logs', says, `${rfc3339(last)}, when its last entry was recorded`);
  }
}

async function nameBeyond({ manager, log, faults }: Rest, row: AuditedRow): Promise<void> {
  const [same] = await manager.query<{ log: string; index: string }[]>(
    'SELECT log, index FROM entries WHERE token = $1 AND (log, index) <> ($2, $3) ORDER BY index LIMIT 1',
    [row.token, log, row.index],
  );
  const of = { where: 'entries', log, index: Number(row.index), tid: row.tid };
  if (same === undefined) faults.add({ code: 'entry.beyond', ...of, says: told(row), should: 'no row' });
  else {
    const says = `${told(row)}: the token of ${same.log} ${same.index} again`;
    faults.add({ code: 'entry.doubled', ...of, says, should: 'no row' });
  }
}

const hex = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? 'none' : Buffer.from(bytes.subarray(-32)).toString('hex').slice(0, 16);
