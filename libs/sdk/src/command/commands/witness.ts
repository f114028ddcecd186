// unbroken witness: a third signature; and what gives a statement of a key that was taken back its place.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { statementArgument, statementNamed } from '../statement-named.js';
import { tellStatement } from '../told-statement.js';

export const addWitness: AddCommand = (parent, around) => {
  const witness = parent
    .command('witness')
    .description('bear witness to a statement; one of your party, signed with a key taken back, counts by it')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .argument('<statement>', 'id of the statement, as `unbroken chain` shows it', statementArgument)
    .addHelpText('after', examples('unbroken witness 7K2M-9QX4-T1B8-ZC3V-2 mJ1xQ0aB'));
  withWhere(witness).action(async (sub: ShipmentId, named: string, options: WhereOptions, command: Command) => {
    const session = sessionOf(command, around);
    const of = await statementNamed(session, sub, named);
    const said = { of, ...(await whereSaid(options, session)) };
    await tellStatement(session, sub, 'Witnessed', await (await session.hand('courier')).witness(sub, said));
  });
};
