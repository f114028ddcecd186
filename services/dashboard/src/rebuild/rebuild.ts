// Makes the picture again from the log: after a bug in it was mended, or when its database was lost.
//
// Every step may be the last before a crash, and running it again finishes what is left: offsets are moved before the
// tables are emptied, so that until then a dashboard that is started passes over what it has folded, and afterwards it
// reads everything.

import { createKafka, openDatabase } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { dashboardMigrations } from '../migrations/index.js';
import { DASHBOARD_GROUP } from '../transport.js';
import { GroupOffsets } from './group-offsets.js';
import { atWork, startedMeanwhile } from './rebuild-refused.js';

const TOPIC = 'custody.recorded.v1';

/** The custody log as a rebuild needs it of the ledger. */
export interface CustodyLog {
  /** How many messages are on custody.recorded.v1, or have been: at least so many. */
  readonly published: () => Promise<number>;
  /** Has everything published again, after `first`, during which nothing is published. */
  readonly publishAgain: (first: () => Promise<void>) => Promise<void>;
}

/**
 * Empties the picture and has it made again at the next start of the dashboard.
 * @param say what is done, a line each
 * @throws RebuildRefused while the dashboard runs
 */
export async function rebuild(settings: CommonSettings, log: CustodyLog, say: (line: string) => void): Promise<void> {
  const prefix = settings.UNBROKEN_KAFKA_TOPIC_PREFIX;
  const admin = createKafka(settings, 'dashboard-rebuild').admin();
  await admin.connect();
  try {
    const offsets = new GroupOffsets(admin, prefix, DASHBOARD_GROUP);
    if (await offsets.hasMembers()) throw atWork();
    if (await offsets.hasAll(TOPIC, await log.published())) {
      // A crash after this: the dashboard reads everything again and passes over what it has.
      await offsets.forget();
      say('reads what is recorded from the beginning of its topic');
    } else {
      await log.publishAgain(async () => {
        // A crash after either of these: nothing is repeated yet, and the dashboard passes over what it has.
        await offsets.forget();
        await offsets.toTheEnd(TOPIC);
      });
      // A crash after this: everything is repeated, and the dashboard passes over what it has.
      say('the topic no longer has the beginning: the ledger publishes everything again when it starts');
    }
    await emptyTables(settings);
    say('its tables are empty');
    if (await offsets.hasMembers()) throw startedMeanwhile();
  } finally {
    await admin.disconnect();
  }
}

/** The change number goes on from where it was, so that pages that are open notice. */
async function emptyTables(settings: CommonSettings): Promise<void> {
  const migrations = [...dashboardMigrations];
  const database = await openDatabase({ service: 'dashboard', settings, entities: [], migrations, poolSize: 1 });
  try {
    // One transaction: a crash before its end has emptied nothing, one after it everything.
    await database.transaction(async (manager) => {
      await manager.query('TRUNCATE chain_history, rows, alerts, marks, known_parties, parts');
      await manager.query('UPDATE counts SET chains = 0');
    });
  } finally {
    await database.destroy();
  }
}
