// Everything that makes the schema of the alerts service, in order.

import { chainsMigrations } from '@unbroken/chains';
import { outboxMigration } from '@unbroken/platform';
import { Alerts1763683400000 } from './1763683400000-alerts.js';
import { AppendOnly1795249000000 } from './1795249000000-append-only.js';
import { SplitViews1795400001002 } from './1795400001002-split-views.js';
import { Heartbeats1795400101000 } from './1795400101000-heartbeats.js';
import { Notifications1795800000000 } from './1795800000000-notifications.js';
import { Jobs1795800001000 } from './1795800001000-jobs.js';
import { Incidents1796200000000 } from './1796200000000-incidents.js';
import { Pipelines1796400000000 } from './1796400000000-pipelines.js';
import { IncidentTexts1796500001000 } from './1796500001000-incident-texts.js';
import { WaitingRefusals1797000000000 } from './1797000000000-waiting-refusals.js';
import { SignersByBatch1797200000000 } from './1797200000000-signers-by-batch.js';

export const alertsMigrations = [
  outboxMigration,
  ...chainsMigrations,
  Alerts1763683400000,
  AppendOnly1795249000000,
  SplitViews1795400001002,
  Heartbeats1795400101000,
  Notifications1795800000000,
  Jobs1795800001000,
  Incidents1796200000000,
  Pipelines1796400000000,
  IncidentTexts1796500001000,
  WaitingRefusals1797000000000,
  SignersByBatch1797200000000,
] as const;
