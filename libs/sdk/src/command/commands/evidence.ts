// unbroken evidence: all that the logs have to show of a parcel, as a file that holds without the hub: JSON for programs,
// a PDF with that JSON in it for people.

import type { Command } from 'commander';
import type { EvidenceBundle } from '@unbroken/evidence';
import { formatShipmentId } from '@unbroken/tokens';
import type { ShipmentId } from '@unbroken/tokens';
import { examples, sessionOf } from '../add-command.js';
import type { AddCommand } from '../add-command.js';
import { shipmentArgument } from '../arguments.js';
import { evidenceIn } from '../evidence-file.js';
import { writeNewFile } from '../new-file.js';
import type { Session } from '../session.js';
import { UsageError } from '../told-failure.js';

interface Wanted {
  readonly out?: string;
  readonly pdf?: string;
  readonly from?: string;
}

export const addEvidence: AddCommand = (parent, around) => {
  parent
    .command('evidence')
    .description('write all that is recorded of a parcel, with its proofs, to one file that `unbroken verify` checks')
    .argument('[shipment]', 'its id, with or without dashes', shipmentArgument)
    .option('--out <file>', 'where to; else evidence-SHIPMENT.json here. An existing file is never written over')
    .option('--pdf <file>', 'a PDF for people in its place, with that file attached to it')
    .option('--from <file>', 'make it of evidence you have, and ask no hub')
    .addHelpText(
      'after',
      examples(
        'unbroken evidence 7K2M-9QX4-T1B8-ZC3V-2',
        'unbroken evidence 7K2M-9QX4-T1B8-ZC3V-2 --pdf evidence.pdf',
        'unbroken evidence --from evidence.json --pdf evidence.pdf',
      ),
    )
    .action(async (sub: ShipmentId | undefined, wanted: Wanted, command: Command) => {
      const session = sessionOf(command, around);
      const bundle = await bundleOf(session, sub, wanted.from);
      const files = [];
      if (wanted.pdf !== undefined) {
        // Fonts and all are loaded by whoever wants pages, and by no other command.
        const { evidencePdf } = await import('@unbroken/evidence-pdf');
        const pdf = await evidencePdf(bundle, Math.floor(around.now() / 1000));
        await writeNewFile(wanted.pdf, pdf);
        files.push(wanted.pdf);
      }
      if (wanted.pdf === undefined || wanted.out !== undefined) {
        const file = wanted.out ?? `evidence-${formatShipmentId(bundle.sub as ShipmentId)}.json`;
        await writeNewFile(file, `${JSON.stringify(bundle, null, 1)}\n`);
        files.push(file);
      }
      const signed = `${bundle.tokens.length} statements and the chains of ${bundle.parties.length} parties`;
      session.tell({ file: files.at(-1), files, tokens: bundle.tokens.length, parties: bundle.parties.length }, [
        `✓ ${files.join(' and ')}: ${signed}, with their receipts.`,
        `  Anybody checks it without this hub: unbroken verify ${files[0] ?? ''} --policy trust.json`,
      ]);
    });
};

async function bundleOf(session: Session, sub: ShipmentId | undefined, from?: string): Promise<EvidenceBundle> {
  if ((sub === undefined) === (from === undefined)) {
    throw new UsageError(
      'It is not said which evidence is meant.',
      'Name the parcel, or with --from the file you have; not both.',
    );
  }
  if (from !== undefined) return (await evidenceIn(from)).bundle;
  return session.asking.reading((access) => session.client.evidence(sub ?? '', access));
}
