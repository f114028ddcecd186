// The dashboard as a process of its own.

import 'reflect-metadata';
import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { dashboardService } from './dashboard.service.js';

await runService({ name: 'dashboard', build: () => composeAlone(dashboardService, process.env) });
