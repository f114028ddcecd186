// The custody log from its first entry, as its topic carries it: for views that are made again, whatever the topic still
// holds.

import type { CommonSettings, RawMessage } from '@unbroken/platform';
import { messageOf } from '../prove/read-entries.js';
import { entriesFrom } from '../stored-entries.js';
import { openLedgerDatabase } from './publish-again.js';

const AT_ONCE = 1_000;

/** Up to the entry that is the newest when it is reached. */
export async function* recordedLog(settings: CommonSettings): AsyncIterable<readonly RawMessage[]> {
  const dataSource = await openLedgerDatabase(settings);
  try {
    for (let from = 0; ;) {
      const rows = await entriesFrom(dataSource, 'custody/0', { from, count: AT_ONCE });
      if (rows.length === 0) return;
      yield rows.map((row) => messageOf(row, settings.UNBROKEN_DEPLOYMENT));
      from += rows.length;
    }
  } finally {
    await dataSource.destroy();
  }
}
