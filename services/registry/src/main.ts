// Runs the registry service by itself, under the settings of its environment.

import { composeAlone } from '@unbroken/intake';
import { runService } from '@unbroken/platform';
import { registryService } from './registry.service.js';

await runService({ name: 'registry', build: () => composeAlone(registryService, process.env) });
