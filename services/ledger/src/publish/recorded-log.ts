// The custody log from its first entry, after those that it succeeds, as its topic carries it: for views that are made again, whatever the topic still
// holds.

import type { CommonSettings, RawMessage } from '@unbroken/platform';
import { custodyOf } from '../logs.js';
import { logsUnder } from '../succeed/logs-under.js';
import { messageOf } from '../prove/read-entries.js';
import { entriesFrom } from '../stored-entries.js';
import { openLedgerDatabase } from './publish-again.js';

const AT_ONCE = 1_000;

/** Up to the entry that is the newest when it is reached. */
export async function* recordedLog(settings: CommonSettings): AsyncIterable<readonly RawMessage[]> {
  const dataSource = await openLedgerDatabase(settings);
  try {
    for (const log of custodyOf(await logsUnder(settings))) {
      for (let from = 0; ;) {
        const rows = await entriesFrom(dataSource, log, { from, count: AT_ONCE });
        if (rows.length === 0) break;
        yield rows.map((row) => messageOf(row, settings.UNBROKEN_DEPLOYMENT));
        // Of a log that has ended some may lack.
        from = Number(rows.at(-1)?.index) + 1;
      }
    }
  } finally {
    await dataSource.destroy();
  }
}
