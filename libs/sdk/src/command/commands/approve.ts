// unbroken approve: a second person of the sender agrees to the dispatch.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts, withAnyway } from '../anyway.js';
import type { AnywayOption } from '../anyway.js';
import { personArgument, reasonArgument, shipmentArgument } from '../arguments.js';
import { approvalDoubt, glassDoubt } from '../four-eyes.js';
import { tellStatement } from '../told-statement.js';

interface Options extends AnywayOption {
  readonly for?: string;
  readonly breakGlass?: string;
}

export const addApprove: AddCommand = (parent, around) => {
  const approve = parent
    .command('approve')
    .description('approve the dispatch as a second person: with a key enrolled for another person than the first')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .option('--for <person>', 'as a deputy: in the place of this person, whom the policy names', personArgument)
    .addOption(
      new Option(
        '--break-glass <why>',
        'let it go without a second person; the data protection officer is told at once',
      )
        .argParser(reasonArgument)
        .conflicts('for'),
    )
    .addHelpText(
      'after',
      examples(
        'unbroken approve 7K2M-9QX4-T1B8-ZC3V-2 --as health-data --key KEY',
        'unbroken approve 7K2M-9QX4-T1B8-ZC3V-2 --home ~/.unbroken/second-person',
        'unbroken approve 7K2M-9QX4-T1B8-ZC3V-2 --break-glass court-order',
      ) +
        '\n\nIt counts where both keys, the one that registered and this one, were enrolled for a person, and not the same:\n' +
        '  unbroken party enrol --person REFERENCE',
    );
  withAnyway(approve).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const key = await session.device();
    const { for: inPlaceOf, breakGlass: glass } = options;
    await settleDoubts(options, async () => [
      await (glass === undefined ? approvalDoubt(session.client, sub, key) : glassDoubt(session.client, key)),
    ]);
    const said = {
      ...(inPlaceOf === undefined ? {} : { for: inPlaceOf }),
      ...(glass === undefined ? {} : { glass }),
    };
    const done = glass === undefined ? 'Approved' : 'The glass is broken, and everybody concerned is told';
    await tellStatement(session, sub, done, await (await session.hand('sender')).approve(sub, said));
  });
};
