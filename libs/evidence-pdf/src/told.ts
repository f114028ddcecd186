// What all sections tell of.

import type { EvidenceBundle, EvidenceReport } from '@unbroken/evidence';
import type { NameOf } from '@unbroken/words';

export interface Told {
  readonly report: EvidenceReport;
  readonly bundle: EvidenceBundle;
  /** The parcel's id in groups. */
  readonly label: string;
  /** Judged as of, seconds since 1970. */
  readonly at: number;
  readonly name: NameOf;
  /** What the attached file is called. */
  readonly file: string;
}
