// From the chosen files to what is said about them. Nothing here reaches out: the files are read and checked in this tab.

import {
  EvidenceRefused,
  largestFile,
  readEvidenceFile,
  readTrustFile,
  verifyByItself,
  verifyEvidence,
} from '@unbroken/evidence';
import type { EvidenceFile, EvidenceReport } from '@unbroken/evidence';

/** What cannot be checked at all, and the cure; `file` is the one to look at. */
export interface Refusal {
  readonly kind: 'refused';
  readonly file: 'evidence' | 'policy';
  readonly code: string;
  readonly what: string;
  readonly cure: string;
}

export interface Checked {
  readonly kind: 'checked';
  readonly report: EvidenceReport;
  readonly carrier: EvidenceFile['carrier'];
  /** Whether a trust policy of the verifier was gone by. */
  readonly byPolicy: boolean;
}

/** @param now milliseconds since 1970 */
export async function checkFiles(evidence: File, policy: File | null, now: number): Promise<Checked | Refusal> {
  const seconds = Math.floor(now / 1000);
  let file: Refusal['file'] = 'evidence';
  try {
    if (!('subtle' in crypto)) throw noSubtle();
    const { bundle, carrier } = await readEvidenceFile(await bytesOf(evidence));
    file = 'policy';
    const trust = policy === null ? null : readTrustFile(await bytesOf(policy));
    file = 'evidence';
    const report =
      trust === null ? await verifyByItself(bundle, seconds) : await verifyEvidence(bundle, trust, seconds);
    return { kind: 'checked', report, carrier, byPolicy: trust !== null };
  } catch (error) {
    if (!(error instanceof EvidenceRefused)) throw error;
    const { code, message, cure } = error;
    return { kind: 'refused', file: code === 'evidence.trust' ? 'policy' : file, code, what: message, cure };
  }
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > largestFile) {
    throw new EvidenceRefused(
      'evidence.file',
      `${file.name} has ${Math.ceil(file.size / 1024 / 1024)} MB, more than any evidence.`,
      'Check that it is the right file.',
    );
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new EvidenceRefused(
      'evidence.file',
      `${file.name} cannot be read.`,
      'Check that it is still where it was, and choose it again.',
    );
  }
}

/** Browsers give it to pages that came over https or from this machine. */
const noSubtle = (): EvidenceRefused =>
  new EvidenceRefused(
    'evidence.file',
    'This browser checks no signatures on a page that came without https.',
    'Open the page by https, or use the command: unbroken verify FILE --policy FILE',
  );
