// unbroken evidence: all that the logs have to show of a parcel, as one file that holds without the hub.

import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';

export const addEvidence: AddCommand = (parent, around) => {
  parent
    .command('evidence')
    .description('write all that is recorded of a parcel, with its proofs, to one file that `unbroken verify` checks')
    .argument('<shipment>', 'its id, with or without dashes', shipmentArgument)
    .option('--out <file>', 'where to; else evidence-SHIPMENT.json here. An existing file is never written over')
    .addHelpText('after', examples('unbroken evidence 7K2M-9QX4-T1B8-ZC3V-2'))
    .action(async (sub: ShipmentId, { out }: { out?: string }, command: Command) => {
      const session = sessionOf(command, around);
      const file = out ?? `evidence-${formatShipmentId(sub)}.json`;
      const bundle = await session.client.evidence(sub);
      await writeFile(file, `${JSON.stringify(bundle, null, 1)}\n`, { flag: 'wx' });
      const signed = `${bundle.tokens.length} statements and the chains of ${bundle.parties.length} parties`;
      session.tell({ file, tokens: bundle.tokens.length, parties: bundle.parties.length }, [
        `✓ ${file}: ${signed}, with their receipts.`,
        `  Anybody checks it without this hub: unbroken verify ${file} --policy trust.json`,
      ]);
    });
};
