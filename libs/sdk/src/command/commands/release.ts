// unbroken release: the holder's half of a hand-off.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { Said } from '../../signing/hand.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { partyArgument, shipmentArgument, timeArgument } from '../arguments.js';
import { handsDoubts } from '../hands-doubts.js';
import { partyDoubt } from '../known-party.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { withSealsSeen } from '../seals-seen.js';
import type { SealsSeen } from '../seals-seen.js';
import { tellStatement } from '../told-statement.js';

interface Options extends WhereOptions, SealsSeen {
  readonly to: PartyId;
  readonly mode: Said<'released'>['mode'];
  readonly until?: number;
}

export const addRelease: AddCommand = (parent, around) => {
  const release = parent
    .command('release')
    .description('offer the parcel to the next party; you stay responsible until they accept')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .requiredOption('--to <party>', 'who is to take it', partyArgument)
    .addOption(
      new Option('--mode <mode>', 'face to face, to be collected, or left')
        .choices(['meet', 'collect', 'drop'])
        .default('meet'),
    )
    .option('--until <time>', 'until when the offer stands; left out: as the policy says', timeArgument)
    .addHelpText(
      'after',
      examples(
        'unbroken release 7K2M-9QX4-T1B8-ZC3V-2 --to danish-post --mode collect',
        'unbroken release 7k2m9qx4t1b8zc3v2 --to statistics-denmark --at statistics-denmark/mailroom --off 0',
      ),
    );
  withSealsSeen(withWhere(release)).action(async (sub: ShipmentId, options: Options, command: Command) => {
    const session = sessionOf(command, around);
    const { to, mode, until, seal } = options;
    await settleDoubts(options, async () => [
      await partyDoubt(session.client, to),
      ...(await handsDoubts(session, sub, 'holder')),
    ]);
    const said = {
      to,
      mode,
      ...(until === undefined ? {} : { until }),
      ...(seal === undefined ? {} : { seals: { ...seal } }),
      ...(await whereSaid(options, session)),
    };
    // The sender's door, for only it stops a dispatch against the policy.
    const written = await (await session.hand('sender')).release(sub, said);
    await tellStatement(session, sub, `Offered to ${to}`, written);
  });
};
