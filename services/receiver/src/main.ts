// Runs the receiver service by itself, under the settings of its environment.

import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { receiverService } from './receiver.service.js';

await runService({ name: 'receiver', build: () => composeAlone(receiverService, process.env) });
