// unbroken hold: the holder keeps the parcel at a depot, or was at the door in vain.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { reasonArgument, shipmentArgument, timeArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly why: string;
  readonly until?: number;
  readonly attempted?: true;
}

export const addHold: AddCommand = (parent, around) => {
  const hold = parent
    .command('hold')
    .description('say that the parcel waits at a depot of yours, or that nobody took it at the door')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--why <code>', 'the reason as one word, such as nobody-home or customs', reasonArgument)
    .option('--until <time>', 'how long it waits, or when it is tried again', timeArgument)
    .option('--attempted', 'you were at the door with it')
    .addHelpText(
      'after',
      examples(
        'unbroken hold 7K2M-9QX4-T1B8-ZC3V-2 --why customs',
        'unbroken hold 7K2M-9QX4-T1B8-ZC3V-2 --attempted --why nobody-home --until 2026-12-08',
      ),
    );
  withWhere(hold).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { why, until, attempted } = options;
    await settleDoubts(options, () => handsDoubts(session, sub, 'holder'));
    const said = { why, ...(until === undefined ? {} : { until }), ...(await whereSaid(options, session)) };
    const hand = await session.hand('courier');
    const written = attempted ? await hand.attempt(sub, said) : await hand.hold(sub, said);
    await tellStatement(session, sub, attempted ? 'Attempted' : 'Held', written);
  });
};
