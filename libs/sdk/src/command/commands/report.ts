// unbroken report: somebody on the chain says that something is wrong.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import type { Said } from '../../signing/hand.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { reportDoubts } from '../report-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly what: Said<'reported'>['what'];
}

const reports = ['lost', 'stolen', 'damaged', 'opened', 'misdelivered', 'short', 'not-in-shipment', 'other'];

export const addReport: AddCommand = (parent, around) => {
  const report = parent
    .command('report')
    .description('report that something is wrong with the parcel; everybody concerned is told')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addOption(new Option('--what <what>', 'what is wrong').choices(reports).makeOptionMandatory())
    .addHelpText('after', examples('unbroken report 7K2M-9QX4-T1B8-ZC3V-2 --what opened --note "flap torn"'));
  withWhere(report).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    await settleDoubts(options, () => reportDoubts(session, sub, options.what));
    const said = { what: options.what, ...(await whereSaid(options, session)) };
    const written = await (await session.hand('courier')).report(sub, said);
    await tellStatement(session, sub, `Reported: ${options.what}`, written);
  });
};
