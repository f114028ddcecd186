// unbroken code confirm: a guest says the code they were sent; the hub's code desk signs for them.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { codeArgument, shipmentArgument, wholeArgument } from '../arguments.js';
import { withSealsSeen } from '../seals-seen.js';
import type { SealsSeen } from '../seals-seen.js';

interface Options extends SealsSeen {
  readonly pieces: number;
  readonly opened?: true;
}

export const addCodeConfirm: AddCommand = (parent, around) => {
  const confirm = parent
    .command('confirm')
    .description('confirm for the guest who tells you the code that they were sent; a weaker signature than a device’s')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .argument('<code>', 'eight digits', codeArgument)
    .option('--pieces <number>', 'outer pieces that arrived', wholeArgument(0, 1_000_000), 1)
    .option('--opened', 'it is not as it was packed')
    .addHelpText('after', examples('unbroken code confirm 7K2M-9QX4-T1B8-ZC3V-2 12345678 --pieces 2'));
  withSealsSeen(confirm).action(
    async (sub: ShipmentId, code: string, { pieces, opened, seal }: Options, command: Command) => {
      const session = sessionOf(command, around);
      const seals = seal === undefined ? {} : { seals: { ...seal } };
      const said = { sub, code, pieces, unopened: opened !== true, ...seals };
      const { tid } = await session.client.confirmByCode(said);
      session.tell({ sub, tid }, [
        `Confirmed by code, ${opened === true ? 'opened' : 'unopened'}: the hub has signed it for the guest. ${session.paint.quiet(tid)}`,
      ]);
    },
  );
};
