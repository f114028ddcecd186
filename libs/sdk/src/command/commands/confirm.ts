// unbroken confirm: the consignee says that it arrived, and whether unopened.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument, wholeArgument } from '../arguments.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { withSealsSeen } from '../seals-seen.js';
import type { SealsSeen } from '../seals-seen.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions, SealsSeen {
  readonly pieces: number;
  readonly opened?: true;
}

export const addConfirm: AddCommand = (parent, around) => {
  const confirm = parent
    .command('confirm')
    .description('confirm the arrival as the consignee; the chain is closed by it')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .option('--pieces <number>', 'outer pieces that arrived', wholeArgument(0, 1_000_000), 1)
    .option('--opened', 'it had been opened; left out: it was unopened')
    .addHelpText(
      'after',
      examples(
        'unbroken confirm 7K2M-9QX4-T1B8-ZC3V-2 --seal DK-0417=intact --seal DK-0418=intact',
        'unbroken confirm 7K2M-9QX4-T1B8-ZC3V-2 --opened --seal DK-0417=broken',
      ),
    );
  withSealsSeen(withWhere(confirm)).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { pieces, seal, opened } = options;
    const said = {
      pieces,
      unopened: opened !== true,
      ...(seal === undefined ? {} : { seals: { ...seal } }),
      ...(await whereSaid(options, session)),
    };
    const written = await (await session.hand('receiver')).confirm(sub, said);
    await tellStatement(session, sub, `Confirmed, ${opened === true ? 'opened' : 'unopened'}`, written);
  });
};
