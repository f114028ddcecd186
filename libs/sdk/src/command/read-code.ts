// A code, or a manifest, as it comes to the command: scanned or copied text, or a file that holds it.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readHandoverCode } from '../handover/code.js';
import type { HandoverCode } from '../handover/code.js';
import { looksLikeManifest, readHandoverManifest } from '../handover/manifest-code.js';
import type { HandoverManifest } from '../handover/manifest-code.js';

/** No token is so short, and no path so long. */
const LONGEST_PATH = 255;

/** One parcel's code, or a manifest of many. @throws CodeRefused */
export async function codeFrom(typed: string): Promise<HandoverCode | HandoverManifest> {
  const isFile = typed.length <= LONGEST_PATH && existsSync(typed);
  const text = isFile ? await readFile(typed, 'utf8') : typed;
  return looksLikeManifest(text) ? readHandoverManifest(text) : readHandoverCode(text);
}
