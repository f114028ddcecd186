// unbroken destroy: the holder has destroyed the medium.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { lineArgument, reasonArgument, shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly how: string;
  readonly cert?: string;
}

export const addDestroy: AddCommand = (parent, around) => {
  const destroy = parent
    .command('destroy')
    .description('say that you have destroyed what you hold; its chain is closed for good')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--how <code>', 'how, as one word, such as shredded or degaussed', reasonArgument)
    .option('--cert <reference>', 'of the certificate: only a commitment is signed, it stays in the home', lineArgument)
    .addHelpText(
      'after',
      examples('unbroken destroy 7K2M-9QX4-T1B8-ZC3V-2 --how shredded --cert "DIN 66399 H-5, no 17"'),
    );
  withWhere(destroy).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { how, cert } = options;
    await settleDoubts(options, () => handsDoubts(session, sub, 'holder', { after: ['confirmed'] }));
    const said = {
      how,
      ...(cert === undefined ? {} : { cert: await session.salts.commit('cert', cert) }),
      ...(await whereSaid(options, session)),
    };
    await tellStatement(session, sub, 'Destroyed', await (await session.hand('receiver')).destroy(sub, said));
  });
};
