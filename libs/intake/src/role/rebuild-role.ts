// Makes again what sender, courier or receiver know of chains. What came in at their doors is no view, and stays.

import { rebuildView, searchedChainsMigrations } from '@unbroken/chains';
import { outboxMigration } from '@unbroken/platform';
import { receivedMigration } from '../migrations/received.js';

/** @param name of the service, which is its schema and its consumer group. Throws as `rebuildView`. */
export const rebuildRole = (name: string, how: Parameters<typeof rebuildView>[1]): Promise<void> =>
  rebuildView(
    {
      service: name,
      group: name,
      migrations: [outboxMigration, receivedMigration, ...searchedChainsMigrations],
      tables: ['chain_history', 'chains', 'chain_hands'],
      searched: true,
    },
    how,
  );
