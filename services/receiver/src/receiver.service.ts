// The receiver service: a door for tokens, and what a consignee awaits and has.

import { roleService } from '@unbroken/intake';
import type { MakeService } from '@unbroken/intake';
import { ArrivalsController } from './arrivals.controller.js';

export const receiverService: MakeService = (settings, parts) =>
  roleService({ name: 'receiver', controllers: [ArrivalsController] }, settings, parts);
