// unbroken confirm: the consignee says that it arrived, and whether unopened.

import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import type { Doubt } from '../anyway.js';
import { shipmentArgument, wholeArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import type { Session } from '../session.js';
import { withSealsSeen } from '../seals-seen.js';
import type { SealsSeen } from '../seals-seen.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions, SealsSeen {
  readonly pieces?: number;
  readonly opened?: true;
}

export const addConfirm: AddCommand = (parent, around) => {
  const confirm = parent
    .command('confirm')
    .description('confirm the arrival as the consignee; the chain is closed by it')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .option('--pieces <number>', 'outer pieces that arrived; may be left out for one', wholeArgument(0, 1_000_000))
    .option('--opened', 'it had been opened; left out: it was unopened')
    .addHelpText(
      'after',
      examples(
        'unbroken confirm 7K2M-9QX4-T1B8-ZC3V-2 --seal DK-0417=intact --seal DK-0418=intact',
        'unbroken confirm 7K2M-9QX4-T1B8-ZC3V-2 --opened --seal DK-0417=broken',
      ),
    );
  withSealsSeen(withWhere(confirm)).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { pieces = 1, seal, opened } = options;
    await settleDoubts(options, async () => [
      ...(await handsDoubts(session, sub, 'consignee')),
      await piecesDoubt(session, sub, options.pieces),
    ]);
    const said = {
      pieces,
      unopened: opened !== true,
      ...(seal === undefined ? {} : { seals: { ...seal } }),
      ...(await whereSaid(options, session)),
    };
    const written = await (await session.hand('receiver')).confirm(sub, said);
    await tellStatement(session, sub, `Confirmed, ${opened === true ? 'opened' : 'unopened'}`, written);
  });
};

/** Fewer than were sent is a finding that must be heard; more than were sent, or a number nobody counted, is a mistake. */
async function piecesDoubt(session: Session, sub: ShipmentId, counted: number | undefined): Promise<Doubt | undefined> {
  const { state } = await session.chainToSign(sub);
  const sent = state !== null && 'pieces' in state ? state.pieces : null;
  if (sent === null || (counted === undefined ? sent === 1 : counted <= sent)) return undefined;
  return {
    code: 'pieces.differ',
    what: `It was registered as ${sent} ${sent === 1 ? 'piece' : 'pieces'}${counted === undefined ? '' : `, and not as ${counted}`}.`,
    cure: 'Count the outer pieces that arrived, and say so with --pieces.',
  };
}
