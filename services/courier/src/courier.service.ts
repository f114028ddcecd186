// The courier service: a door for tokens, and what a courier is offered and holds.

import { roleService } from '@unbroken/intake';
import type { MakeService } from '@unbroken/intake';
import { CustodyController } from './custody.controller.js';

export const courierService: MakeService = (settings, parts) =>
  roleService({ name: 'courier', controllers: [CustodyController] }, settings, parts);
