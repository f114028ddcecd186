// Turns a refusal into a verdict. Anything thrown that is no refusal is a fault of ours and passes through.

import { statementId } from '@unbroken/manifests';
import { TokenRefused, maxTokenBytes } from '@unbroken/tokens';
import type { RefusalCode, TokenId } from '@unbroken/tokens';
import type { Reading, Refused } from './verdict.js';

/** The verdict for a TokenRefused; rethrows anything else, because nothing else is the sender's doing. */
export function refusalOf(error: unknown, reading?: Partial<Reading>): Refused {
  if (!(error instanceof TokenRefused)) throw error;
  return refused(error.code, error.pointer, reading);
}

export const refused = (code: RefusalCode, pointer: string | undefined, reading: Partial<Reading> = {}): Refused => ({
  is: 'refused',
  code,
  ...reading,
  ...(pointer !== undefined && { pointer }),
});

const STATEMENT_FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_-]+~[0-9]+~[A-Za-z0-9_-]*)?$/;

/** The id of bytes that are no token and no piece, where they have its parts at all: so that their sender can ask. */
export function tidOfUnreadable(bytes: Uint8Array): TokenId | undefined {
  if (bytes.length > maxTokenBytes) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return STATEMENT_FORM.test(text) ? statementId(text) : undefined;
}
