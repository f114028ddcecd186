// unbroken correct: whoever signed a statement says that it was wrong. Both stay readable.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { reasonArgument, shipmentArgument } from '../arguments.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { statementArgument, statementNamed } from '../statement-named.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly why: string;
}

export const addCorrect: AddCommand = (parent, around) => {
  const correct = parent
    .command('correct')
    .description('say that a statement of yours was wrong; it stays readable, and so does this')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .argument('<statement>', 'id of your statement, as `unbroken chain` shows it', statementArgument)
    .requiredOption('--why <code>', 'the reason as one word, such as wrong-parcel', reasonArgument)
    .addHelpText('after', examples('unbroken correct 7K2M-9QX4-T1B8-ZC3V-2 mJ1xQ0aB --why wrong-parcel'));
  withWhere(correct).action(async (sub: ShipmentId, named: string, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const of = await statementNamed(session, sub, named);
    const said = { of, why: options.why, ...(await whereSaid(options, session)) };
    await tellStatement(session, sub, 'Corrected', await (await session.hand('courier')).correct(sub, said));
  });
};
