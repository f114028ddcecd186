// unbroken accept: the taker's half of a hand-off.

import { Option } from 'commander';
import type { Command } from 'commander';
import { isTokenId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import type { Said } from '../../signing/hand.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { withSealsSeen } from '../seals-seen.js';
import type { SealsSeen } from '../seals-seen.js';
import { releaseToName } from '../open-offer.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions, SealsSeen {
  readonly cond: Said<'accepted'>['cond'];
}

export const addAccept: AddCommand = (parent, around) => {
  const accept = parent
    .command('accept')
    .description('take the parcel over: it is in your hands from here')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addOption(new Option('--cond <condition>', 'how it looks').choices(['ok', 'damaged', 'opened']).default('ok'))
    .addHelpText(
      'after',
      examples(
        'unbroken accept 7K2M-9QX4-T1B8-ZC3V-2 --seal DK-0417=intact --seal DK-0418=intact',
        'unbroken accept 7K2M-9QX4-T1B8-ZC3V-2 --cond opened --seal DK-0417=broken',
      ),
    );
  withSealsSeen(withWhere(accept)).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { cond, seal } = options;
    await settleDoubts(options, () => handsDoubts(session, sub, 'taker', { at: options.at }));
    const rel = await releaseToName(session, sub);
    const said = {
      cond,
      ...(isTokenId(rel) ? { rel } : {}),
      ...(seal === undefined ? {} : { seals: { ...seal } }),
      ...(await whereSaid(options, session)),
    };
    const written = await (await session.hand('courier')).accept(sub, said);
    await tellStatement(session, sub, 'Accepted', written);
  });
};
