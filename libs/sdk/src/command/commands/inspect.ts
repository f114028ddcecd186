// unbroken inspect: the holder looks at the seals on the way.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { withSealsSeen } from '../seals-seen.js';
import type { SealsSeen } from '../seals-seen.js';
import { UsageError } from '../told-failure.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions, SealsSeen {}

export const addInspect: AddCommand = (parent, around) => {
  const inspect = parent
    .command('inspect')
    .description('say how the seals look while the parcel is in your hands')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addHelpText(
      'after',
      examples('unbroken inspect 7K2M-9QX4-T1B8-ZC3V-2 --seal DK-0417=intact --seal DK-0418=broken'),
    );
  withSealsSeen(withWhere(inspect)).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    if (options.seal === undefined) throw new UsageError('No seal is named.', 'Add --seal ID=STATE for each.');
    await settleDoubts(options, () => handsDoubts(session, sub, 'holder'));
    const said = { seals: { ...options.seal }, ...(await whereSaid(options, session)) };
    await tellStatement(session, sub, 'Inspected', await (await session.hand('courier')).inspect(sub, said));
  });
};
