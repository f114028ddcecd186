// unbroken approve: a second person of the sender agrees to the dispatch.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { AnywayOption } from '../anyway.js';
import { shipmentArgument } from '../arguments.js';
import { approvalDoubt } from '../four-eyes.js';
import { tellStatement } from '../told-statement.js';

export const addApprove: AddCommand = (parent, around) => {
  const approve = parent
    .command('approve')
    .description('approve the dispatch as a second person: with a key enrolled for another person than the first')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .addHelpText(
      'after',
      examples(
        'unbroken approve 7K2M-9QX4-T1B8-ZC3V-2 --as health-data --key KEY',
        'unbroken approve 7K2M-9QX4-T1B8-ZC3V-2 --home ~/.unbroken/second-person',
      ) +
        '\n\nIt counts where both keys, the one that registered and this one, were enrolled for a person, and not the same:\n' +
        '  unbroken party enrol --person REFERENCE',
    );
  withAnyway(approve).action(async (sub: ShipmentId, options: AnywayOption, command: Command) => {
    const session = sessionOf(command, around);
    const key = await session.device();
    await settleDoubts(options, async () => [await approvalDoubt(session.client, sub, key)]);
    await tellStatement(session, sub, 'Approved', await (await session.hand('sender')).approve(sub));
  });
};
