// Everything that makes the dashboard's schema, in order.

import { chainsMigrations } from '@unbroken/chains';
import { outboxMigration } from '@unbroken/platform';
import { Picture1763683500000 } from './1763683500000-picture.js';
import { Breach1795270000000 } from './1795270000000-breach.js';
import { Drawing1795300000000 } from './1795300000000-drawing.js';

export const dashboardMigrations = [
  outboxMigration,
  ...chainsMigrations,
  Picture1763683500000,
  Breach1795270000000,
  Drawing1795300000000,
] as const;
