// unbroken redirect: the sender names a new consignee, or calls the parcel back.

import type { Command } from 'commander';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { partiesArgument, partyArgument, shipmentArgument, timeArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { partyDoubt } from '../known-party.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly to: PartyId;
  readonly via?: PartyId[];
  readonly due?: number;
}

export const addRedirect: AddCommand = (parent, around) => {
  const redirect = parent
    .command('redirect')
    .description('as the sender: from here on it is for another consignee, or goes other ways, or comes back')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--to <party>', 'consignee from now on; yourself to have it back', partyArgument)
    .option('--via <parties>', 'couriers in order, with commas between; left out: as before', partiesArgument)
    .option('--due <time>', 'when it must have arrived; left out: as before', timeArgument)
    .addHelpText(
      'after',
      examples(
        'unbroken redirect 7K2M-9QX4-T1B8-ZC3V-2 --to health-data',
        'unbroken redirect 7K2M-9QX4-T1B8-ZC3V-2 --to statistics-denmark --via danish-post --due 2026-12-08',
      ),
    );
  withWhere(redirect).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { to, via, due } = options;
    await settleDoubts(options, async () => [
      ...(await Promise.all([to, ...(via ?? [])].map((party) => partyDoubt(session.client, party)))),
      ...(await handsDoubts(session, sub, 'sender')),
    ]);
    const said = {
      to,
      ...(via === undefined ? {} : { via }),
      ...(due === undefined ? {} : { due }),
      ...(await whereSaid(options, session)),
    };
    await tellStatement(session, sub, `Redirected to ${to}`, await (await session.hand('sender')).redirect(sub, said));
  });
};
