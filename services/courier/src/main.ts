// Runs the courier service by itself, under the settings of its environment.

import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { courierService } from './courier.service.js';

await runService({ name: 'courier', build: () => composeAlone(courierService, process.env) });
