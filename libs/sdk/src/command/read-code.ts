// A code as it comes to the command: scanned or copied text, or a file that holds it.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readHandoverCode } from '../handover/code.js';
import type { HandoverCode } from '../handover/code.js';

/** No token is so short, and no path so long. */
const LONGEST_PATH = 255;

/** @throws CodeRefused */
export async function codeFrom(typed: string): Promise<HandoverCode> {
  const isFile = typed.length <= LONGEST_PATH && existsSync(typed);
  return readHandoverCode(isFile ? await readFile(typed, 'utf8') : typed);
}
