// Everything that makes the ledger's schema, in order.

import { outboxMigration } from '@unbroken/platform';
import { Logs1763683200000 } from './1763683200000-logs.js';
import { NoForeignKey1795250002000 } from './1795250002000-no-foreign-key.js';
import { Tree1795260000000 } from './1795260000000-tree.js';
import { Packs1795310000000 } from './1795310000000-packs.js';
import { Witnessed1795400001000 } from './1795400001000-witnessed.js';
import { Timestamps1795400301000 } from './1795400301000-timestamps.js';
import { Audits1795400101001 } from './1795400101001-audits.js';
import { Remnants1795500000000 } from './1795500000000-remnants.js';
import { Overdue1795600001001 } from './1795600001001-overdue.js';
import { Openings1796500000000 } from './1796500000000-openings.js';

export const ledgerMigrations = [
  outboxMigration,
  Logs1763683200000,
  NoForeignKey1795250002000,
  Tree1795260000000,
  Packs1795310000000,
  Witnessed1795400001000,
  Timestamps1795400301000,
  Audits1795400101001,
  Remnants1795500000000,
  Overdue1795600001001,
  Openings1796500000000,
] as const;
