// unbroken approve: a second person of the sender agrees to the dispatch.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { tellStatement } from '../told-statement.js';

export const addApprove: AddCommand = (parent, around) => {
  parent
    .command('approve')
    .description('approve the dispatch as a second person: with a key enrolled for another person than the first')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addHelpText('after', examples('unbroken approve 7K2M-9QX4-T1B8-ZC3V-2 --as health-data --key KEY'))
    .action(async (sub: ShipmentId, _options: object, command: Command) => {
      const session = sessionOf(command, around);
      await tellStatement(session, sub, 'Approved', await (await session.hand('sender')).approve(sub));
    });
};
