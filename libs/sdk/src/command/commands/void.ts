// unbroken void: the sender says that the parcel never left.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { reasonArgument, shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly why: string;
}

export const addVoid: AddCommand = (parent, around) => {
  const voided = parent
    .command('void')
    .description('declare that the parcel never left: its chain is closed, and it is registered anew if it is to go')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--why <code>', 'the reason as one word, such as not-encrypted or wrong-consignee', reasonArgument)
    .addHelpText('after', examples('unbroken void 7K2M-9QX4-T1B8-ZC3V-2 --why not-encrypted'));
  withWhere(voided).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    await settleDoubts(options, () => handsDoubts(session, sub, 'sender-before-it-leaves'));
    const said = { why: options.why, ...(await whereSaid(options, session)) };
    await tellStatement(session, sub, 'Declared void', await (await session.hand('sender')).void(sub, said));
  });
};
