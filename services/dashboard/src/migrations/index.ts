// Everything that makes the dashboard's schema, in order.

import { chainsMigrations } from '@unbroken/chains';
import { Picture1763683500000 } from './1763683500000-picture.js';

export const dashboardMigrations = [...chainsMigrations, Picture1763683500000] as const;
