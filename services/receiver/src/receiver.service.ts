// The receiver service: a door for tokens, what a consignee awaits and has, and the desks for people without keys.

import { roleService } from '@unbroken/intake';
import type { MakeService } from '@unbroken/intake';
import { ArrivalsController } from './arrivals.controller.js';
import { CodesController } from './codes/codes.controller.js';
import { GuestPageController } from './codes/guest-page.controller.js';
import { deskProviders } from './desks/desk-providers.js';
import { FoundReportsController } from './found/found-reports.controller.js';
import { FoundController } from './found/found.controller.js';
import { GuestsController } from './guests/guests.controller.js';
import { guestsHeard } from './guests/guests.js';
import { Found1796100000000 } from './migrations/1796100000000-found.js';
import { Guests1796100001000 } from './migrations/1796100001000-guests.js';
import { GuestsOfParty1796700001000 } from './migrations/1796700001000-guests-of-party.js';
import { ReportsOfShipment1796700000000 } from './migrations/1796700000000-reports-of-shipment.js';

const name = 'receiver';

export const receiverService: MakeService = (settings, parts) =>
  roleService(
    {
      name,
      controllers: [
        ArrivalsController,
        FoundController,
        FoundReportsController,
        GuestsController,
        CodesController,
        GuestPageController,
      ],
      providers: deskProviders(settings, parts.clock, name),
      migrations: [Found1796100000000, Guests1796100001000, ReportsOfShipment1796700000000, GuestsOfParty1796700001000],
      heard: guestsHeard(() => parts.clock.now()),
    },
    settings,
    parts,
  );
