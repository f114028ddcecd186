// unbroken manifest release: many parcels offered by one signature.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { Said } from '../../signing/hand.js';
import { askedOnce } from '../../client/asked-together.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { partyArgument, timeArgument } from '../arguments.js';
import { partyDoubt } from '../known-party.js';
import { manifestDoubts } from '../manifest-doubts.js';
import { parcelsNamed, withParcels } from '../parcels-named.js';
import type { ParcelsOption } from '../parcels-named.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellManifest } from '../told-manifest.js';

interface Options extends WhereOptions, ParcelsOption {
  readonly to: PartyId;
  readonly mode: Said<'released'>['mode'];
  readonly until?: number;
  readonly out?: string;
}

export const addManifestRelease: AddCommand = (parent, around) => {
  const release = parent
    .command('release')
    .description('offer up to 1,000 parcels to the next party by one signature; seals count as not looked at')
    .requiredOption('--to <party>', 'who is to take them', partyArgument)
    .addOption(
      new Option('--mode <mode>', 'face to face, to be collected, or left')
        .choices(['meet', 'collect', 'drop'])
        .default('meet'),
    )
    .option('--until <time>', 'until when the offer stands; left out: as the policy says', timeArgument)
    .option('--out <file>', 'a new file for the manifest, to be shown to the other phone')
    .addHelpText(
      'after',
      examples(
        'unbroken manifest release --from van.txt --to danish-post --out van.manifest',
        'unbroken manifest release 7K2M-9QX4-T1B8-ZC3V-2 9BXR-Y2C5-0FJQ-1A8N-K --to danish-post',
      ),
    );
  withWhere(withParcels(release)).action(
    async (named: readonly ShipmentId[] | undefined, options: Options, command: Command) => {
      const session = sessionOf(command, around);
      const { to, mode, until, out } = options;
      const parcels = await parcelsNamed(named, options);
      const chains = askedOnce(session.client);
      await settleDoubts(options, async () => [
        await partyDoubt(session.client, to),
        ...(await manifestDoubts(session, parcels, 'holder', { chains })),
      ]);
      const said = { to, mode, ...(until === undefined ? {} : { until }), ...(await whereSaid(options, session)) };
      // The sender's door, for only it stops a dispatch against the policy.
      const hand = await session.manifestHand('sender', chains);
      const written = await hand.release(
        parcels.map((sub) => ({ sub })),
        said,
      );
      await tellManifest(session, `Offered to ${to}`, written, out);
    },
  );
};
