// unbroken refuse: the addressee does not take the parcel.

import type { Command } from 'commander';
import { isTokenId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { reasonArgument, shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { releaseToName } from '../open-offer.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly why: string;
}

export const addRefuse: AddCommand = (parent, around) => {
  const refuse = parent
    .command('refuse')
    .description('do not take the parcel: it stays with whoever offered it')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--why <code>', 'the reason as one word, such as not-ours or damaged', reasonArgument)
    .addHelpText('after', examples('unbroken refuse 7K2M-9QX4-T1B8-ZC3V-2 --why not-ours'));
  withWhere(refuse).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    await settleDoubts(options, () => handsDoubts(session, sub, 'taker', { at: options.at }));
    const rel = await releaseToName(session, sub);
    const said = { why: options.why, ...(isTokenId(rel) ? { rel } : {}), ...(await whereSaid(options, session)) };
    const written = await (await session.hand('courier')).refuse(sub, said);
    await tellStatement(session, sub, 'Not accepted', written);
  });
};
