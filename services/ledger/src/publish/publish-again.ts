// The custody log goes out on its topic a second time: for views that are made again when the topic no longer reaches
// back to the log's beginning. Whoever has folded an entry already passes it over.

import { openDatabase } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { takeWriterRole } from '../append/writer-role.js';
import { logsUnder } from '../succeed/logs-under.js';
import { ledgerMigrations } from '../migrations/index.js';

/** A ledger is writing and publishing, so that nobody can say where on the topic its repetition would begin. */
export class LedgerAtWork extends Error {
  override readonly name = 'LedgerAtWork';
  readonly code = 'ledger.at-work';

  constructor() {
    super('The ledger is at work: stop it too, and start both afterwards. Tokens are taken meanwhile; none is lost.');
  }
}

/** How many messages with entries of the custody logs are on their topic, or have been: at least so many. */
export const publishedMessages = (settings: CommonSettings): Promise<number> =>
  withDatabase(settings, async (dataSource) => {
    const [row] = await dataSource.query<{ messages: string | null }[]>(
      `SELECT sum(messages) AS messages FROM publications WHERE log <> 'registry'`,
    );
    return Number(row?.messages ?? 0);
  });

/**
 * Has the ledger publish the whole custody log, and those it succeeds, again from its next start on. `first` is run before, while nothing is
 * published: what it finds at the end of the topic is where the repetition will begin.
 * @throws LedgerAtWork when one is running
 */
export const publishAgain = (settings: CommonSettings, first: () => Promise<void>): Promise<void> =>
  withDatabase(settings, async (dataSource) => {
    // Whoever holds the role is the only one who publishes.
    const role = await takeWriterRole(dataSource, settings.UNBROKEN_DEPLOYMENT, await logsUnder(settings));
    if (role === undefined) throw new LedgerAtWork();
    try {
      await first();
      // A crash before this publishes nothing again; one after it everything, at the ledger's next start.
      await dataSource.query(`UPDATE publications SET published = 0, messages = 0 WHERE log <> 'registry'`);
    } finally {
      await role.release();
    }
  });

async function withDatabase<T>(settings: CommonSettings, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await openLedgerDatabase(settings);
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** The ledger's database, for a command; whoever opens it destroys it. */
export const openLedgerDatabase = (settings: CommonSettings): Promise<DataSource> =>
  openDatabase({ service: 'ledger', settings, entities: [], migrations: [...ledgerMigrations], poolSize: 2 });
