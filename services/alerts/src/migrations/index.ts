// Everything that makes the schema of the alerts service, in order.

import { chainsMigrations } from '@unbroken/chains';
import { outboxMigration } from '@unbroken/platform';
import { Alerts1763683400000 } from './1763683400000-alerts.js';
import { AppendOnly1795249000000 } from './1795249000000-append-only.js';
import { SplitViews1795400001002 } from './1795400001002-split-views.js';
import { Heartbeats1795400101000 } from './1795400101000-heartbeats.js';

export const alertsMigrations = [
  outboxMigration,
  ...chainsMigrations,
  Alerts1763683400000,
  AppendOnly1795249000000,
  SplitViews1795400001002,
  Heartbeats1795400101000,
] as const;
