// A file as somebody has it: the evidence itself, or the PDF for people that carries it. What it is is told by its bytes,
// never by its name.

import { EvidenceRefused, readBundle, readTrust } from './bundle.js';
import type { EvidenceBundle } from './bundle.js';
import type { TrustAnswer } from '@unbroken/contracts';
import { embeddedEvidence, isPdf } from './pdf-attachment.js';

/** Bytes. Evidence of a thousand statements has about two million; what is larger is something else. */
export const largestFile = 64 * 1024 * 1024;

export interface EvidenceFile {
  readonly bundle: EvidenceBundle;
  /** Whether the bytes are the evidence itself, or a PDF whose pages nobody has checked. */
  readonly carrier: 'json' | 'pdf';
}

/** @throws EvidenceRefused where there is no evidence in it, with the cure */
export async function readEvidenceFile(bytes: Uint8Array): Promise<EvidenceFile> {
  refuseUnreadable(bytes, 'evidence');
  if (isPdf(bytes)) return { bundle: readBundle(textOf(await embeddedEvidence(bytes))), carrier: 'pdf' };
  const text = textOf(bytes);
  if (looksLike(text, 'logs')) {
    throw new EvidenceRefused(
      'evidence.form',
      'This is a trust policy and no evidence.',
      'Take it as the trust policy, and the file that was made of the parcel as the evidence.',
    );
  }
  return { bundle: readBundle(text), carrier: 'json' };
}

/** @throws EvidenceRefused where it is no trust policy, with the cure */
export function readTrustFile(bytes: Uint8Array): TrustAnswer {
  refuseUnreadable(bytes, 'a trust policy');
  if (!isPdf(bytes) && !looksLike(textOf(bytes), 'format')) return readTrust(textOf(bytes));
  throw new EvidenceRefused(
    'evidence.trust',
    'This is evidence and no trust policy.',
    'Take the file that you kept from `unbroken trust`; the policy within evidence proves nothing against who made it.',
  );
}

function refuseUnreadable({ length }: Uint8Array, what: string): void {
  if (length === 0) {
    throw new EvidenceRefused('evidence.file', 'The file is empty.', 'Ask for it again; it was not carried over.');
  }
  if (length <= largestFile) return;
  throw new EvidenceRefused(
    'evidence.file',
    `The file has ${Math.ceil(length / 1024 / 1024)} MB; ${what} has at most ${largestFile / 1024 / 1024}.`,
    'Check that it is the right file.',
  );
}

/** What does not say its letters in UTF-8 could be read as other letters by somebody else. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new EvidenceRefused(
      'evidence.json',
      'The file is not text.',
      'Take the JSON file or the PDF as they were handed out; check that it was carried over whole.',
    );
  }
}

/** For a better word than that a member is missing: a JSON object with this member, and not the other file's. */
function looksLike(text: string, member: 'logs' | 'format'): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const other = member === 'logs' ? 'format' : 'logs';
    return typeof value === 'object' && value !== null && member in value && !(other in value);
  } catch {
    return false;
  }
}
