// unbroken code send: has the guest whom a parcel is for sent a code.

import type { Command } from 'commander';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';

export const addCodeSend: AddCommand = (parent, around) => {
  parent
    .command('send')
    .description('at the door: have the guest whom it is for sent a code; needs no key, and says nothing of the parcel')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addHelpText('after', examples('unbroken code send 7K2M-9QX4-T1B8-ZC3V-2'))
    .action(async (sub: ShipmentId, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      const until = await session.client.sendCode(sub);
      session.tell({ sub, until }, [
        `If ${formatShipmentId(sub)} is for a guest, a code is on its way to them. It holds until ${until}.`,
      ]);
    });
};
