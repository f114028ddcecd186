// Runs the sender service by itself, under the settings of its environment.

import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { senderService } from './sender.service.js';

await runService({ name: 'sender', build: () => composeAlone(senderService, process.env) });
