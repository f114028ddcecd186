// Whether the pages of a PDF are the ones that its evidence gives, so that nobody has to believe them.

import type { EvidenceBundle } from '@unbroken/evidence';
import { evidencePdf } from './evidence-pdf.js';

const MADE_AT = /<xmp:CreateDate>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<\/xmp:CreateDate>/;

/**
 * True where this program makes exactly these bytes of the bundle. False says little: another version made them, a program
 * saved them anew, or somebody changed them.
 * @throws EvidenceRefused as evidencePdf
 */
export async function isPagesOf(pdf: Uint8Array, bundle: EvidenceBundle): Promise<boolean> {
  const [, at] = MADE_AT.exec(Buffer.from(pdf).toString('latin1')) ?? [];
  if (at === undefined) return false;
  return Buffer.compare(Buffer.from(await evidencePdf(bundle, Date.parse(at) / 1000)), pdf) === 0;
}
