// The alerts service as a process of its own.

import 'reflect-metadata';
import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { alertsService } from './alerts-service.js';

await runService({ name: 'alerts', build: () => composeAlone(alertsService, process.env) });
