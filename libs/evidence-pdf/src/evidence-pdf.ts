// Evidence for people: pages that say in words what a bundle holds, with the bundle itself attached (ISO 19005-3, PDF/A-3).
// The pages prove nothing; the file within does.

import type { EvidenceBundle } from '@unbroken/evidence';
import { EvidenceRefused, verifyByItself } from '@unbroken/evidence';
import { formatShipmentId } from '@unbroken/tokens';
import { isolated, naming, utcMoment } from '@unbroken/words';
import { computedSection } from './sections/computed.js';
import { coverPage } from './sections/cover.js';
import { limitsSection } from './sections/limits.js';
import { signedSection } from './sections/signed.js';
import { Sheet } from './sheet.js';

/**
 * The PDF of a bundle, judged as of a time in seconds since 1970. The same bundle and time give the same bytes, as long as
 * the libraries stay the same. It is checked by the keys it names itself, and says so.
 * @throws EvidenceRefused where the bundle does not hold even so: there is nothing to show for it
 */
export async function evidencePdf(bundle: EvidenceBundle, at: number): Promise<Uint8Array> {
  const report = await verifyByItself(bundle, at);
  if (!report.holds) {
    const [first] = report.checks.filter(({ result }) => result === 'fails');
    throw new EvidenceRefused(
      'evidence.fails',
      `This evidence does not hold: ${first?.said ?? 'nothing of it does.'}`,
      'Ask for it again; `unbroken verify` tells all that fails.',
    );
  }
  const label = formatShipmentId(report.sub);
  const name = isolated(naming(report.nameOf));
  const told = { report, label, at, name, file: `evidence-${label}.json`, bundle };
  const moment = new Date(at * 1000);
  const sheet = new Sheet({
    title: `Evidence of parcel ${label}`,
    subject: 'What was signed about one parcel, and what follows from it. The proof is the file attached.',
    at: moment,
  });
  coverPage(sheet, told);
  signedSection(sheet, told);
  computedSection(sheet, told);
  limitsSection(sheet, told);
  // As the command writes it to a file: what is taken out of the PDF is that file, byte for byte.
  sheet.doc.file(Buffer.from(`${JSON.stringify(bundle, null, 1)}\n`), {
    name: told.file,
    type: 'application/json',
    description: 'The evidence itself: every statement as it was signed, with the proofs of the logs',
    creationDate: moment,
    modifiedDate: moment,
    // @ts-expect-error The types of the library do not know it: ISO 19005-3, 6.8 wants it.
    relationship: 'Source',
  });
  return sheet.finish(`${label} · The attached file is the proof, these pages are not. Judged as of ${utcMoment(at)}.`);
}
