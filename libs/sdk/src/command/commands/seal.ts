// unbroken seal: the holder puts seals on.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { sealArgument, shipmentArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions {
  readonly seal: Readonly<Record<string, 'I' | 'S' | 'H'>>;
}

export const addSeal: AddCommand = (parent, around) => {
  const seal = parent
    .command('seal')
    .description('say which seals were put on; whoever comes later must see them intact')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption(
      '--seal <id=class>',
      'a seal and its class: I (indicative), S (security) or H (high security), ISO 17712; may be repeated',
      sealArgument('ID=CLASS', { I: 'indicative', S: 'security', H: 'high security' }, 'ISO 17712'),
    )
    .addHelpText('after', examples('unbroken seal 7K2M-9QX4-T1B8-ZC3V-2 --seal DK-0417=S --seal DK-0418=S'));
  withWhere(seal).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    await settleDoubts(options, () => handsDoubts(session, sub, 'holder'));
    const said = { seals: { ...options.seal }, ...(await whereSaid(options, session)) };
    const written = await (await session.hand('sender')).seal(sub, said);
    await tellStatement(session, sub, `Sealed with ${Object.keys(options.seal).join(', ')}`, written);
  });
};
