// The ledger as a process of its own, under the settings of its environment.

import 'reflect-metadata';
import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { ledgerService } from './ledger.service.js';

await runService({ name: 'ledger', build: () => composeAlone(ledgerService, process.env) });
