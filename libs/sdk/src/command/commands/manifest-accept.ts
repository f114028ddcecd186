// unbroken manifest accept: many parcels taken over by one signature.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { ShipmentId } from '@unbroken/tokens';
import type { Said } from '../../signing/hand.js';
import { askedOnce } from '../../client/asked-together.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { settleDoubts } from '../anyway.js';
import { manifestDoubts } from '../manifest-doubts.js';
import { parcelsNamed, withParcels } from '../parcels-named.js';
import type { ParcelsOption } from '../parcels-named.js';
import { whereSaid, withWhere } from '../said-where.js';
import type { WhereOptions } from '../said-where.js';
import { tellManifest } from '../told-manifest.js';

interface Options extends WhereOptions, ParcelsOption {
  readonly cond: Said<'accepted'>['cond'];
  readonly out?: string;
}

export const addManifestAccept: AddCommand = (parent, around) => {
  const accept = parent
    .command('accept')
    .description('take up to 1,000 parcels over by one signature; seals count as not looked at')
    .addOption(new Option('--cond <condition>', 'how they look').choices(['ok', 'damaged', 'opened']).default('ok'))
    .option('--out <file>', 'a new file for the manifest, to be shown to the other phone')
    .addHelpText(
      'after',
      examples(
        'unbroken manifest accept --from van.manifest --out answer.manifest',
        'unbroken manifest accept --from counted.txt --cond damaged',
      ),
    );
  withWhere(withParcels(accept)).action(
    async (named: readonly ShipmentId[] | undefined, options: Options, command: Command) => {
      const session = sessionOf(command, around);
      const { cond, out } = options;
      const parcels = await parcelsNamed(named, options);
      const chains = askedOnce(session.client);
      await settleDoubts(options, () => manifestDoubts(session, parcels, 'taker', { at: options.at, chains }));
      const said = { cond, ...(await whereSaid(options, session)) };
      const hand = await session.manifestHand('courier', chains);
      const written = await hand.accept(
        parcels.map((sub) => ({ sub })),
        said,
      );
      await tellManifest(session, 'Accepted', written, out);
    },
  );
};
