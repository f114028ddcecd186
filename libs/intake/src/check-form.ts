// The form check of intake: bytes that are no token, and no piece of a manifest, are told so at once and go to quarantine;
// whether a well-formed one is true is the ledger's to find out (docs/protocol, section 2).

import { createHash } from 'node:crypto';
import { StatementReader } from '@unbroken/manifests';
import { nodeSha256 } from '@unbroken/tlog/node';
import { TokenRefused } from '@unbroken/tokens';
import type { Envelope } from '@unbroken/tokens';

interface Bytes {
  /** Exactly as they were sent. */
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, base64url: what makes the same upload the same upload. */
  readonly hash: string;
}

export interface WellFormed extends Bytes {
  readonly envelope: Envelope;
}

export interface IllFormed extends Bytes {
  readonly refusal: TokenRefused;
}

export type Checked = WellFormed | IllFormed;

export const isWellFormed = (checked: Checked): checked is WellFormed => 'envelope' in checked;

/** What the same bytes are known again by. */
export const uploadHash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');

/** Reads the envelope of one uploaded token or piece strictly; total. The pieces of one manifest share a reader. */
export function checkForm(bytes: Buffer, reader = new StatementReader(nodeSha256)): Checked {
  const hash = uploadHash(bytes);
  try {
    return { bytes, hash, envelope: reader.read(bytes) };
  } catch (refusal) {
    if (refusal instanceof TokenRefused) return { bytes, hash, refusal };
    throw refusal;
  }
}
