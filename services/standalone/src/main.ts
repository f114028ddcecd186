// Runs under the settings of its environment until a signal.

import { runService } from '@unbroken/platform';
import { buildStandalone } from './standalone.js';

await runService({ name: 'unbroken', build: () => buildStandalone(process.env) });
