// unbroken settle: the responsible party says which branch of a disputed chain is true.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { disputeDoubts } from '../dispute-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { statementArgument, statementNamed } from '../statement-named.js';
import { tellStatement } from '../told-statement.js';

export const addSettle: AddCommand = (parent, around) => {
  const settle = parent
    .command('settle')
    .description('as the responsible party of a disputed chain: say which of the statements is true')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .argument('<statement>', 'id of any statement of the true branch, as `unbroken chain` shows it', statementArgument)
    .addHelpText('after', examples('unbroken settle 7K2M-9QX4-T1B8-ZC3V-2 mJ1xQ0aB --note "called the post"'));
  withWhere(settle).action(async (sub: ShipmentId, named: string, options: WhereOptions, command: Command) => {
    const session = sessionOf(command, around);
    const of = await statementNamed(session, sub, named);
    await settleDoubts(options, () => disputeDoubts(session, sub, of));
    const said = { of, ...(await whereSaid(options, session)) };
    await tellStatement(session, sub, 'Settled', await (await session.hand('courier')).settle(sub, said));
  });
};
