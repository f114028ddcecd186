// unbroken withdraw: the releaser takes an open offer back.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

export const addWithdraw: AddCommand = (parent, around) => {
  const withdraw = parent
    .command('withdraw')
    .description('take back an offer that nobody has accepted yet')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addHelpText('after', examples('unbroken withdraw 7K2M-9QX4-T1B8-ZC3V-2'));
  withWhere(withdraw).action(async (sub: ShipmentId, options: WhereOptions, command: Command) => {
    const session = sessionOf(command, around);
    await settleDoubts(options, () => handsDoubts(session, sub, 'releaser'));
    const written = await (await session.hand('sender')).withdraw(sub, await whereSaid(options, session));
    await tellStatement(session, sub, 'Taken back', written);
  });
};
