// unbroken found tell: what a finder says on the phone, told as they would tell it on the finder's page.

import { Option } from 'commander';
import type { Command } from 'commander';
import { leftCodes } from '@unbroken/contracts';
import type { FinderReport } from '@unbroken/contracts';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { lineArgument, shipmentArgument } from '../arguments.js';

interface Options {
  readonly opened: FinderReport['opened'];
  readonly left: FinderReport['left'];
  readonly mine?: true;
  readonly contact?: string;
}

export const addFoundTell: AddCommand = (parent, around) => {
  parent
    .command('tell')
    .description('tell what a finder says; needs no key, as the finder’s page needs none')
    .argument('<shipment>', 'the number on the label, with or without dashes', shipmentArgument)
    .addOption(
      new Option('--opened <opened>', 'whether it was opened').choices(['yes', 'no', 'unknown']).default('unknown'),
    )
    .addOption(new Option('--left <where>', 'where it is now').choices(leftCodes).makeOptionMandatory())
    .option('--mine', 'the finder says that it is meant for them')
    .option('--contact <contact>', 'how they can be called back; left out: they stay anonymous', lineArgument)
    .addHelpText(
      'after',
      examples('unbroken found tell 7K2M-9QX4-T1B8-ZC3V-2 --opened no --left kept --contact "+45 12 34 56 78"'),
    )
    .action(async (sub: ShipmentId, { opened, left, mine, contact }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const report = {
        mine: mine === true ? 'yes' : 'no',
        opened,
        left,
        ...(contact === undefined ? {} : { contact }),
      } as const;
      const { callback } = await session.client.tellFound(sub, report);
      session.tell({ sub, callback }, [
        `Told. The finder quotes this code when they are called back: ${session.paint.strong(callback)}`,
      ]);
    });
};
