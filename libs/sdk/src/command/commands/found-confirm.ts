// unbroken found confirm: a person has called the finder back, and stands for what they told by a signature of their own.

import type { Command } from 'commander';
import { readShipmentId } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { callbackArgument } from '../arguments.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { CannotBeDone } from '../told-failure.js';
import { tellStatement } from '../told-statement.js';

export const addFoundConfirm: AddCommand = (parent, around) => {
  const confirm = parent
    .command('confirm')
    .description('finder desk: you have called the finder back and heard the code; bear witness to what they told')
    .argument('<code>', 'the code that the finder quoted', callbackArgument)
    .addHelpText('after', examples('unbroken found confirm 7K2M-9QX4 --as post-desk --note "speaks of a torn flap"'));
  withWhere(confirm).action(async (callback: string, options: WhereOptions, command: Command) => {
    const session = sessionOf(command, around);
    const found = await session.asking.found();
    const { sub: told, tid, calledBack } = await found.get(callback);
    const sub = readShipmentId(told);
    if (tid === null || sub === null) {
      throw new CannotBeDone(
        'found.no-shipment',
        `Nothing is signed of it yet: no parcel ${told} is known here, or many have told of it and its turn has not come.`,
        'Compare the number with the label on the phone; where it was mistyped, tell it anew with `unbroken found tell`.',
      );
    }
    if (calledBack !== null) {
      throw new CannotBeDone(
        'found.called-back',
        `${calledBack.by} has called back already, ${calledBack.at}.`,
        'Nothing is left to do; `unbroken chain` shows it.',
      );
    }
    // A crash before the hub is told leaves the report waiting: a second witness of the same does no harm.
    const said = { of: tid as TokenId, ...(await whereSaid(options, session)) };
    const written = await (await session.hand('receiver')).witness(sub, said);
    await found.calledBack(callback, written.tid);
    await tellStatement(session, sub, 'Called back, and witnessed', written);
  });
};
