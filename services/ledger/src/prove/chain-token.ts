// One token of a chain as it is shown, whatever chain it is of.

import type { ChainToken } from '@unbroken/contracts';
import type { FindingCode } from '@unbroken/custody';
import { originOf } from '../logs.js';
import type { EntryRow } from '../publish/entry-message.js';

export const chainTokenOf = (
  row: EntryRow,
  grade: ChainToken['grade'],
  findings: readonly FindingCode[],
  deployment: string,
): ChainToken => ({
  tid: row.tid,
  ...(row.token !== null && { token: row.token }),
  ...(row.malformed !== null && { malformed: row.malformed }),
  recordedAt: row.recorded_at.toISOString(),
  ...(row.received_at !== null && { receivedAt: row.received_at.toISOString() }),
  ...(row.device_clock !== null && { deviceClock: row.device_clock.toISOString() }),
  log: originOf(row.log, deployment),
  index: Number(row.index),
  grade,
  findings: [...findings],
});
