// Files that people carry about: evidence as JSON or PDF, and trust policies. None is read before its size is known.

import { readFile, stat } from 'node:fs/promises';
import { largestFile, readEvidenceFile, readTrustFile } from '@unbroken/evidence';
import type { EvidenceFile } from '@unbroken/evidence';
import type { TrustAnswer } from '@unbroken/contracts';
import { CannotBeDone } from './told-failure.js';

/** With the bytes, for whoever wants to compare its pages. @throws EvidenceRefused, CannotBeDone */
export async function evidenceIn(path: string): Promise<EvidenceFile & { readonly bytes: Uint8Array }> {
  const bytes = await bytesOf(path);
  return { ...(await readEvidenceFile(bytes)), bytes };
}

/** @throws EvidenceRefused, CannotBeDone */
export const trustPolicyIn = async (path: string): Promise<TrustAnswer> => readTrustFile(await bytesOf(path));

async function bytesOf(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > largestFile) {
    throw new CannotBeDone(
      'evidence.file',
      `${path} has ${Math.ceil(size / 1024 / 1024)} MB, more than any evidence.`,
      'Check that it is the right file.',
    );
  }
  return readFile(path);
}
