// unbroken extract: the sender says who took the data out of a system, when, why, and onto what.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { lineArgument, reasonArgument, shipmentArgument, timeArgument } from '../arguments.js';
import { anyEnd, handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly who: string;
  readonly why: string;
  readonly onto: string;
  readonly when?: number;
}

export const addExtract: AddCommand = (parent, around) => {
  const extract = parent
    .command('extract')
    .description('say who took the contents out of a system: only commitments are signed, names stay in the home')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--who <name>', 'the person', lineArgument)
    .requiredOption('--why <reason>', 'one word, such as statistics', reasonArgument)
    .requiredOption('--onto <medium>', 'where to: a disc, a folder, a person', lineArgument)
    .option('--when <time>', 'when it was done; left out: now', timeArgument)
    .addHelpText(
      'after',
      examples(
        'unbroken extract 7K2M-9QX4-T1B8-ZC3V-2 --who "Ann Lee" --why statistics --onto "CD 1 and 2 of 2" \\\n' +
          '      --when 2026-11-20T09:30Z',
      ),
    );
  withWhere(extract).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { who, why, onto, when } = options;
    await settleDoubts(options, () => handsDoubts(session, sub, 'sender', { after: anyEnd }));
    const where = await whereSaid(options, session);
    const hand = await session.hand('sender');
    // Both salts are kept before anything is signed: a commitment that nobody can open says nothing.
    const said = { who: await session.salts.commit('who', who), why, dest: await session.salts.commit('dest', onto) };
    const written = await hand.extract(sub, { ...said, ...(when === undefined ? {} : { when }), ...where });
    await tellStatement(session, sub, 'The extraction is part of the chain', written);
  });
};
