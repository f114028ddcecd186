// unbroken exposure: from when to when, in whose hands, sealed or not, and what may have been copied.

import type { Command } from 'commander';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { exposureDocument } from '@unbroken/words';
import { namesOf } from '../../words/names.js';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { tellDocument } from '../told-document.js';

export const addExposure: AddCommand = (parent, around) => {
  parent
    .command('exposure')
    .description('who may have seen what was in a parcel: since when, in whose hands, and what nobody can know')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .option('--pdf <file>', 'as a PDF with the report for programs in it. An existing file is never written over')
    .addHelpText(
      'after',
      examples(
        'unbroken exposure 7K2M-9QX4-T1B8-ZC3V-2 --as health-data',
        'unbroken exposure 7K2M-9QX4-T1B8-ZC3V-2 --pdf exposure.pdf',
      ),
    )
    .action(async (sub: ShipmentId, { pdf }: { pdf?: string }, command: Command) => {
      const session = sessionOf(command, around);
      const report = await (await session.asking.incidents()).exposure(sub);
      const named = report.windows.flatMap(({ custodian, hands, from, seen, to }) => [
        custodian,
        from?.by,
        seen.by,
        to?.by,
        ...hands.map(({ party }) => party),
      ]);
      const name = await namesOf(
        session.client,
        named.filter((party) => party != null),
      );
      await tellDocument(session, exposureDocument(report, name), {
        pdf,
        json: report,
        name: `exposure-${formatShipmentId(sub)}`,
      });
    });
};
