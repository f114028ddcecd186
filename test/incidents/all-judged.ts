// Before a played clock jumps: alerts has judged all that is recorded. In life a deadline does not pass within the
// milliseconds that an answer is on its way; on a clock that jumps by hours it would.

import { urlOf, withClient } from '@unbroken/local';
import { testPostgres, waitFor } from '@unbroken/testing';
import type { RunningSystem } from '../running-system.js';

export async function allJudged({ env }: RunningSystem): Promise<void> {
  const database = new URL(env['UNBROKEN_POSTGRES_URL'] ?? '').pathname.slice(1);
  const { adminUrl } = await testPostgres();
  await withClient(urlOf(adminUrl, database), (db) =>
    waitFor(async () => (await db.query<{ behind: boolean }>(BEHIND)).rows.every(({ behind }) => !behind), {
      what: 'alerts to have judged all that is recorded',
    }),
  );
}

const BEHIND = `
  SELECT (SELECT sum(size) FROM ledger.logs WHERE name LIKE 'custody/%')
       > (SELECT coalesce(sum(json_array_length(recorded::json)), 0) FROM alerts.chain_history) AS behind`;
